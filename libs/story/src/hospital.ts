import { officeList, type OfficeKey } from './offices';
import { type Act, by, type StoryIds } from './telling';

/** Where everything happens. Four divisions, twelve units: staff, and how many of them answered wave 7. */
export const ROOT = 'EASTMERE';
export const divisions = [
  { code: 'URGENT', name: 'Urgent and acute care' },
  { code: 'SURGICAL', name: 'Surgical care' },
  { code: 'FAMILY', name: 'Women, children and cancer' },
  { code: 'DIAG', name: 'Diagnostics and pharmacy' },
] as const;
export const units = [
  { code: 'EMERGENCY', name: 'Emergency', division: 'URGENT', staff: 142, answered: 88 },
  { code: 'ACUTE', name: 'Acute medicine', division: 'URGENT', staff: 168, answered: 101 },
  { code: 'CRITICAL', name: 'Critical care', division: 'URGENT', staff: 96, answered: 62 },
  { code: 'SURGERY', name: 'Surgery', division: 'SURGICAL', staff: 151, answered: 84 },
  { code: 'THEATRES', name: 'Theatres', division: 'SURGICAL', staff: 118, answered: 71 },
  { code: 'MATERNITY', name: 'Maternity', division: 'FAMILY', staff: 87, answered: 55 },
  { code: 'CHILDREN', name: 'Children’s', division: 'FAMILY', staff: 74, answered: 49 },
  { code: 'ONCOLOGY', name: 'Oncology', division: 'FAMILY', staff: 63, answered: 41 },
  { code: 'IMAGING', name: 'Imaging', division: 'DIAG', staff: 58, answered: 34 },
  { code: 'PATHOLOGY', name: 'Pathology', division: 'DIAG', staff: 49, answered: 29 },
  { code: 'PHARMACY', name: 'Pharmacy', division: 'DIAG', staff: 37, answered: 21 },
  { code: 'MEDPHYS', name: 'Medical physics', division: 'DIAG', staff: 11, answered: 4 },
] as const;
export type UnitCode = (typeof units)[number]['code'];

const posts: readonly (readonly [unit: string, leader: OfficeKey, role: string, from: string])[] = [
  [ROOT, 'chief-executive', 'Chief executive', '2023-01-01'],
  ['URGENT', 'director-nursing', 'Director, Nursing', '2023-01-01'],
  ['SURGICAL', 'chief-operating-officer', 'Chief operating officer', '2023-01-01'],
  ['FAMILY', 'director-nursing', 'Director, Nursing', '2023-01-01'],
  ['DIAG', 'medical-director', 'Medical director', '2023-01-01'],
  ['IMAGING', 'head-of-imaging-until-april', 'Head of Imaging', '2023-01-01'],
  ['PATHOLOGY', 'head-of-pathology', 'Head of Pathology', '2023-01-01'],
  ['PHARMACY', 'head-of-pharmacy', 'Head of Pharmacy', '2023-01-01'],
];

const START = '2025-02-03';
const SINCE = '2023-01-01';

/** The organisation as it is when the story begins, and who changes posts later. */
export function hospital({ person }: StoryIds): readonly Act[] {
  const admin = by('operator', 'admin');
  const hr = by('hr-analyst', 'hr');
  return [
    ...officeList.flatMap(({ key, roles, ...office }) =>
      roles.map((role) =>
        admin(START, 'organization.GrantRole', {
          person: person(key),
          role,
          ...('external' in office ? { external: true } : {}),
        }),
      ),
    ),
    hr(START, 'organization.NameRootUnit', { unit: ROOT }),
    hr(START, 'organization.RegisterUnit', { code: ROOT, name: 'Eastmere Teaching Hospital', validFrom: SINCE }),
    ...divisions.map(({ code, name }) =>
      hr(START, 'organization.RegisterUnit', { code, name, parent: ROOT, validFrom: SINCE }),
    ),
    ...units.map(({ code, name, division }) =>
      hr(START, 'organization.RegisterUnit', { code, name, parent: division, validFrom: SINCE }),
    ),
    ...posts.map(([unit, leader, role, from]) =>
      hr(START, 'organization.AssignLeader', { unit, leader: person(leader), role, from }),
    ),
    ...units.map(({ code, staff }) =>
      hr(START, 'organization.RecordHeadcount', { unit: code, date: '2024-12-31', count: staff, source: 'payroll' }),
    ),
    hr(START, 'organization.SetReportingCalendar', { periods: ['QUARTERLY'], dueDays: 15, graceDays: 10 }),
    hr('2026-02-16', 'organization.RecordLeaderAbsence', {
      person: person('director-estates'),
      from: '2026-03-02',
      to: '2026-08-30',
    }),
    hr('2026-04-28', 'organization.UnassignLeader', {
      unit: 'IMAGING',
      leader: person('head-of-imaging-until-april'),
      role: 'Head of Imaging',
      to: '2026-04-30',
    }),
    hr('2026-04-28', 'organization.AssignLeader', {
      unit: 'IMAGING',
      leader: person('head-of-imaging'),
      role: 'Head of Imaging',
      from: '2026-05-01',
    }),
    ...units.map(({ code, staff }) =>
      hr('2026-01-05', 'organization.RecordHeadcount', {
        unit: code,
        date: '2025-12-31',
        count: staff,
        source: 'payroll',
      }),
    ),
  ];
}
