import { fromEnvironment } from './environment';

const given = { PLUMBLINE_DATA_DIR: '/srv/plumbline', DATABASE_URL: 'postgres://db/plumbline' };
const oidc = {
  OIDC_ISSUER: 'https://login.example',
  OIDC_AUDIENCE: 'plumbline',
  OIDC_JWKS_URL: 'https://login.example/jwks',
};

describe('the environment of api and worker', () => {
  it('names the database, the data directory and who signs people in; the local key never signs', () => {
    expect(fromEnvironment({ ...given, ...oidc })).toEqual({
      dataDir: '/srv/plumbline',
      databaseUrl: 'postgres://db/plumbline',
      standalone: false,
      issuer: { issuer: 'https://login.example', audience: 'plumbline', jwksUrl: 'https://login.example/jwks' },
    });
  });
  it.each(Object.keys(given))('is refused without %s, by name', (name) => {
    expect(() => fromEnvironment({ ...given, [name]: undefined })).toThrow(name);
  });
  it('may hold a person’s word that the clock is right', () => {
    expect(fromEnvironment({ ...given, PLUMBLINE_ACCEPT_CLOCK: 'yes' })).toMatchObject({ acceptClock: true });
    expect(() => fromEnvironment({ ...given, PLUMBLINE_ACCEPT_CLOCK: 'true' })).toThrow(
      'PLUMBLINE_ACCEPT_CLOCK is yes',
    );
  });
  it('may name a KurrentDB that holds the log, and no database in its place', () => {
    const url = 'kurrentdb://kurrent.example:2113?tls=true';
    expect(fromEnvironment({ ...given, EVENT_STORE_URL: url })).toMatchObject({ eventStoreUrl: url });
    expect(fromEnvironment({ ...given, EVENT_STORE_URL: '' })).not.toHaveProperty('eventStoreUrl');
    expect(() => fromEnvironment({ ...given, EVENT_STORE_URL: 'postgres://db/plumbline' })).toThrow(
      'leave --event-store out and give --database-url',
    );
    expect(() => fromEnvironment({ ...given, EVENT_STORE_URL: 'kurrent.example' })).toThrow(
      'It looks like kurrentdb://host:2113',
    );
  });
  it('is refused with half an issuer', () => {
    expect(() => fromEnvironment({ ...given, OIDC_ISSUER: 'https://login.example' })).toThrow('OIDC_JWKS_URL');
  });
});
