import { evidenceIsLive, evidenceRef, type EvidenceRef } from './evidence';

const link: EvidenceRef = {
  evidenceId: '0e9d5a1c-3b7f-4d26-8c41-9a6b5f2e7d10',
  sha256: 'ab'.repeat(32),
  custodian: 'Office of the chief executive',
  attestor: null,
  uri: 'https://intranet.example/council/minutes',
  fileId: null,
  periodFrom: '2026-07-01',
  periodTo: '2026-09-30',
  expiresAt: '2027-09-30',
};
const takes = (ref: unknown): boolean => evidenceRef.safeParse(ref).success;

describe('a reference to evidence', () => {
  it('names an address or a stored file, one of the two', () => {
    const fileId = '6c2f8b40-1d5e-4a93-b7c8-0f3e9d6a5b21';
    expect(takes(link)).toBe(true);
    expect(takes({ ...link, uri: null, fileId })).toBe(true);
    expect(takes({ ...link, fileId })).toBe(false);
    expect(takes({ ...link, uri: null })).toBe(false);
  });
  it('has a hash of 64 hexadecimal digits in lower case', () => {
    expect(takes({ ...link, sha256: 'AB'.repeat(32) })).toBe(false);
    expect(takes({ ...link, sha256: 'ab' })).toBe(false);
  });
  it('speaks of a stretch of days that does not end before it begins', () => {
    expect(takes({ ...link, periodTo: '2026-07-01' })).toBe(true);
    expect(takes({ ...link, periodTo: '2026-06-30' })).toBe(false);
    expect(takes({ ...link, periodFrom: null, periodTo: null, expiresAt: null })).toBe(true);
    expect(takes({ ...link, expiresAt: '2026-02-30' })).toBe(false);
  });
  it('proves something up to and including its last day', () => {
    expect(evidenceIsLive(link, '2027-09-30')).toBe(true);
    expect(evidenceIsLive(link, '2027-10-01')).toBe(false);
    expect(evidenceIsLive({ expiresAt: null }, '2999-01-01')).toBe(true);
  });
});
