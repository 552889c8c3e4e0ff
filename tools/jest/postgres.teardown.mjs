export default async function teardown() {
  await globalThis.plumblineTestCluster?.stop();
}
