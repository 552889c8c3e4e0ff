import 'reflect-metadata';
import { createApi, fromEnvironment, openDeployment, openLog, openWhenThere } from '@plumbline/deployment';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const log = openLog();
try {
  const options = fromEnvironment(process.env);
  if (options.issuer === undefined)
    throw new Error('Set OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL: who signs people in.');
  const [port, host] = [Number(process.env['PORT'] ?? 4310), process.env['HOST'] ?? '127.0.0.1'];
  const leave = (): void => process.exit(0); // nothing is open while it waits
  for (const signal of SIGNALS) process.once(signal, leave);
  const deployment = await openWhenThere(() => openDeployment({ ...options, log }), { port, host, log });
  for (const signal of SIGNALS) process.off(signal, leave);
  const api = await createApi(deployment);
  const url = await api.listen(port, host);
  log.info({ url }, 'the API is ready');
  const stop = async (): Promise<void> => {
    await api.app.close();
    await deployment.close();
    process.exit(0);
  };
  for (const signal of SIGNALS) process.once(signal, () => void stop());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
}
