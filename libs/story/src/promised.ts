import type { LocalDate } from '@plumbline/kernel';
import type { OfficeKey } from './offices';

/** What was promised, and what became of it. */
export interface Promised {
  readonly code: string;
  readonly title: string;
  readonly owner: OfficeKey;
  readonly unit: string;
  readonly principle: 'HEARD' | 'EXPECTED' | 'DIFFER' | 'FAIR';
  readonly accepted: LocalDate;
  readonly due: LocalDate;
  /** The day on which it was kept. Of the others: missed when their period closed, or still open. */
  readonly kept?: LocalDate;
  /** Later dates that were asked for and approved: when, and to which day. */
  readonly moved?: readonly (readonly [on: LocalDate, to: LocalDate])[];
  readonly withdrawn?: LocalDate;
  readonly carriedInto?: string;
  readonly carries?: string;
  /** When it passed to another owner. */
  readonly handedOver?: readonly [on: LocalDate, to: OfficeKey];
  readonly proposedBy?: OfficeKey;
  /** Its evidence was looked at by nobody else yet. */
  readonly unattested?: true;
  readonly cause?: string;
  readonly note?: string;
}

const CE = 'chief-executive';
const COO = 'chief-operating-officer';
const MD = 'medical-director';
const DN = 'director-nursing';
const DE = 'director-estates';
const PH = 'head-of-pharmacy';
const PA = 'head-of-pathology';
const OLD_IM = 'head-of-imaging-until-april';
const IM = 'head-of-imaging';

type Line = readonly [
  code: string,
  title: string,
  owner: OfficeKey,
  unit: string,
  principle: Promised['principle'],
  accepted: LocalDate,
  due: LocalDate,
  more?: Partial<Promised>,
];

const lines: readonly Line[] = [
  // kept on time
  [
    'COUNCIL',
    'A council with elected seats for every ward',
    CE,
    'EASTMERE',
    'HEARD',
    '2025-03-10',
    '2025-12-31',
    { kept: '2025-12-13' },
  ],
  [
    'EXIT_TALKS',
    'A talk with everyone who leaves',
    CE,
    'EASTMERE',
    'HEARD',
    '2025-03-10',
    '2025-06-30',
    { kept: '2025-06-23' },
  ],
  ['PAY_BANDS', 'Every pay band published', CE, 'EASTMERE', 'FAIR', '2025-03-10', '2025-09-30', { kept: '2025-09-12' }],
  [
    'NIGHT_FOOD',
    'Warm food at night',
    COO,
    'EASTMERE',
    'EXPECTED',
    '2025-03-17',
    '2025-09-30',
    { kept: '2025-09-29', proposedBy: 'lead-nurse-nights' },
  ],
  [
    'INTERPRETERS',
    'An interpreter within the hour',
    MD,
    'EASTMERE',
    'EXPECTED',
    '2025-04-07',
    '2025-12-15',
    { kept: '2025-12-08' },
  ],
  [
    'STILLNESS',
    'A room of stillness that is open at all hours',
    DE,
    'EASTMERE',
    'EXPECTED',
    '2025-04-07',
    '2025-12-15',
    { kept: '2025-12-01' },
  ],
  [
    'SHIFT_SWAPS',
    'Swaps of shifts answered within 48 hours',
    DN,
    'URGENT',
    'FAIR',
    '2025-09-01',
    '2026-03-15',
    { kept: '2026-03-09' },
  ],
  [
    'INDUCTION',
    'Induction made with those who came last',
    DN,
    'EASTMERE',
    'EXPECTED',
    '2025-09-01',
    '2026-06-15',
    { kept: '2026-06-11', moved: [['2026-05-04', '2026-06-30']] },
  ],
  [
    'LEAFLETS',
    'Medicine leaflets in six languages',
    PH,
    'PHARMACY',
    'EXPECTED',
    '2025-11-03',
    '2026-03-31',
    { kept: '2026-03-20' },
  ],
  [
    'BUDDY',
    'Every new starter meets a buddy in week one',
    PH,
    'PHARMACY',
    'EXPECTED',
    '2025-11-03',
    '2026-06-30',
    { kept: '2026-06-24' },
  ],
  [
    'CARERS_PLACE',
    'A waiting room with places for carers',
    OLD_IM,
    'IMAGING',
    'EXPECTED',
    '2025-11-10',
    '2026-09-15',
    { kept: '2026-09-11', handedOver: ['2026-05-04', IM] },
  ],
  [
    'SHADOW_DAYS',
    'Shadow days between laboratory and wards',
    PA,
    'PATHOLOGY',
    'DIFFER',
    '2025-11-10',
    '2026-06-30',
    { kept: '2026-06-29' },
  ],
  [
    'CONCERNS14',
    'Every concern answered within 14 days',
    CE,
    'EASTMERE',
    'HEARD',
    '2026-01-12',
    '2026-09-30',
    { kept: '2026-09-25', unattested: true },
  ],
  [
    'ACTIONS30',
    'Actions published within 30 days of every pulse',
    COO,
    'EASTMERE',
    'HEARD',
    '2026-01-12',
    '2026-10-30',
    { kept: '2026-10-28' },
  ],
  // kept late
  [
    'PULSE_ANSWERS',
    'Answers to every comment of the spring pulse',
    CE,
    'EASTMERE',
    'HEARD',
    '2025-04-14',
    '2025-06-20',
    { kept: '2025-07-09' },
  ],
  [
    'BADGES',
    'Name badges that say how a name is spoken',
    COO,
    'EASTMERE',
    'EXPECTED',
    '2025-09-08',
    '2026-03-20',
    { kept: '2026-04-10' },
  ],
  [
    'WAYFINDING',
    'Signs that everyone can read',
    DE,
    'EASTMERE',
    'EXPECTED',
    '2025-09-08',
    '2026-05-31',
    { kept: '2026-09-04' },
  ],
  // missed
  [
    'FEEDBACK',
    'What staff say in every head’s review',
    MD,
    'EASTMERE',
    'DIFFER',
    '2025-03-17',
    '2025-09-30',
    { cause: 'PUSHBACK', note: 'No agreement was reached with those concerned; it is taken up anew in 2027.' },
  ],
  [
    'JOB_SHARE',
    'Job sharing offered in every senior post',
    CE,
    'EASTMERE',
    'FAIR',
    '2025-03-17',
    '2025-12-20',
    { cause: 'PUSHBACK', note: 'Nine of fourteen posts were offered.' },
  ],
  [
    'CRECHE',
    'Fifty places in the crèche',
    COO,
    'EASTMERE',
    'FAIR',
    '2025-04-07',
    '2026-03-31',
    { cause: 'NO_BUDGET', note: 'The money was not released; thirty places are there.' },
  ],
  [
    'QUIET_ROOMS',
    'A quiet room on every level by summer',
    COO,
    'EASTMERE',
    'EXPECTED',
    '2025-09-08',
    '2026-06-30',
    {
      cause: 'LATE_DECISION',
      note: 'Five of eight levels have one. The building permits and the decision on money came late.',
    },
  ],
  // past their date and open
  [
    'ROTA',
    'A rota policy written together with night staff',
    DN,
    'EASTMERE',
    'FAIR',
    '2025-04-14',
    '2025-12-31',
    {
      proposedBy: 'lead-nurse-nights',
      cause: 'HIGH_WORKLOAD',
      moved: [
        ['2025-12-08', '2026-05-31'],
        ['2026-05-18', '2026-10-31'],
      ],
    },
  ],
  [
    'PARKING',
    'Parking at the door for night shifts',
    COO,
    'EASTMERE',
    'EXPECTED',
    '2026-01-12',
    '2026-08-31',
    { moved: [['2026-08-17', '2026-10-31']], proposedBy: 'lead-nurse-nights' },
  ],
  // taken back
  [
    'TOWN_HALL',
    'A town hall every week',
    CE,
    'EASTMERE',
    'HEARD',
    '2025-09-08',
    '2026-12-18',
    { withdrawn: '2026-02-23', note: 'The council meets each month instead.' },
  ],
  [
    'MENTORS',
    'A mentor for every new consultant',
    MD,
    'EASTMERE',
    'EXPECTED',
    '2025-09-08',
    '2026-12-11',
    { carriedInto: 'MENTORS_YEAR_ONE', note: 'Too few mentors were found; a smaller promise takes its place.' },
  ],
  // not due yet
  [
    'MENTORS_YEAR_ONE',
    'A mentor in the first year of training',
    MD,
    'EASTMERE',
    'EXPECTED',
    '2026-04-20',
    '2027-03-31',
    { carries: 'MENTORS' },
  ],
  [
    'TEACHING',
    'Four hours of protected teaching a month, used',
    MD,
    'EASTMERE',
    'FAIR',
    '2025-09-08',
    '2026-12-31',
    {},
  ],
  [
    'RETURN_TALK',
    'A talk on return after every long absence',
    DN,
    'EASTMERE',
    'EXPECTED',
    '2025-09-15',
    '2026-11-30',
    { moved: [['2026-10-19', '2027-01-31']] },
  ],
  ['CHANGING_PLACE', 'A changing place on levels 2 and 5', DE, 'EASTMERE', 'EXPECTED', '2026-01-12', '2027-02-28', {}],
  [
    'LISTENING',
    'A listening hour on every ward, each month',
    DN,
    'EASTMERE',
    'HEARD',
    '2026-01-12',
    '2026-12-31',
    { proposedBy: 'staff-nurse' },
  ],
  [
    'CAREER_PATHS',
    'A career path for every band, in one page',
    CE,
    'EASTMERE',
    'FAIR',
    '2026-01-19',
    '2026-12-15',
    { moved: [['2026-09-07', '2027-03-31']] },
  ],
  ['ROTAS_AHEAD', 'Rotas out six weeks ahead', DN, 'FAMILY', 'EXPECTED', '2026-01-19', '2026-12-31', {}],
  ['PLAIN_WORDS', 'Letters in plain words', MD, 'EASTMERE', 'EXPECTED', '2026-02-02', '2027-01-31', {}],
  ['EQUIPMENT', 'Equipment that fits every body', COO, 'SURGICAL', 'EXPECTED', '2026-02-02', '2027-03-31', {}],
  ['GRIEVANCES', 'Grievances closed in sixty days', CE, 'EASTMERE', 'HEARD', '2026-03-02', '2026-12-31', {}],
  ['RETURNERS', 'A way back for those who left', CE, 'EASTMERE', 'EXPECTED', '2026-03-02', '2027-06-30', {}],
  ['STUDENTS', 'Students named in every handover', PA, 'PATHOLOGY', 'EXPECTED', '2026-05-11', '2027-03-31', {}],
  ['DISSENT', 'Dissent on record in every big decision', CE, 'EASTMERE', 'DIFFER', '2026-05-11', '2027-06-30', {}],
  [
    'LATE_SHIFT',
    'A meeting at a time the late shift can come',
    IM,
    'IMAGING',
    'DIFFER',
    '2026-06-08',
    '2027-01-31',
    {},
  ],
  ['GARDEN', 'A garden that staff may use', DE, 'EASTMERE', 'EXPECTED', '2026-09-21', '2027-05-31', {}],
];

/** Forty promises since February 2025. */
export const promised: readonly Promised[] = lines.map(
  ([code, title, owner, unit, principle, accepted, due, more = {}]) => ({
    ...{ code, title, owner, unit, principle, accepted, due },
    ...more,
  }),
);
