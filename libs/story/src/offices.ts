import type { Role } from '@plumbline/kernel';

interface Office {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly external?: true;
}

/** Everyone in the story. The directory knows them by their office, as it would know people by their names. */
export const offices = {
  'chief-executive': { name: 'Chief executive', roles: ['executive'] },
  'chief-operating-officer': { name: 'Chief operating officer', roles: ['executive'] },
  'medical-director': { name: 'Medical director', roles: ['executive'] },
  'director-nursing': { name: 'Director, Nursing', roles: ['executive'] },
  'director-estates': { name: 'Director, Estates', roles: ['executive'] },
  'head-of-people-analytics': { name: 'Head of people analytics', roles: ['hr', 'data-steward'] },
  'hr-analyst': { name: 'HR analyst', roles: ['hr', 'data-steward'] },
  'head-of-legal': { name: 'Head of legal', roles: ['legal'] },
  'head-of-pharmacy': { name: 'Head of Pharmacy', roles: ['executive', 'program-lead'] },
  'head-of-imaging-until-april': { name: 'Head of Imaging (until April 2026)', roles: ['executive', 'program-lead'] },
  'head-of-imaging': { name: 'Head of Imaging', roles: ['executive', 'program-lead'] },
  'head-of-pathology': { name: 'Head of Pathology', roles: ['executive', 'program-lead'] },
  'lead-nurse-nights': { name: 'Lead nurse, nights', roles: ['member', 'program-lead'] },
  'staff-nurse': { name: 'Staff nurse', roles: ['member'] },
  'internal-audit': { name: 'Internal audit', roles: ['auditor', 'assessor'] },
  'external-auditor': { name: 'External auditor', roles: ['auditor'], external: true },
  'board-secretary': { name: 'Board secretary', roles: ['board'] },
} as const satisfies Readonly<Record<string, Office>>;

/** `operator`: whoever started the instance; grants the roles at the beginning. */
export type OfficeKey = keyof typeof offices | 'operator';

export const officeList: readonly (Office & { readonly key: OfficeKey })[] = Object.entries(offices).map(
  ([key, office]) => ({ key: key as OfficeKey, ...office }),
);
