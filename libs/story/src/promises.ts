import { addDays, addMonths, endOfMonth, type EvidenceRef, type LocalDate } from '@plumbline/kernel';
import { CHARTER } from './charter';
import { offices, type OfficeKey } from './offices';
import { promised, type Promised } from './promised';
import { STATEMENTS } from './statements';
import { type Act, by, type StoryIds } from './telling';

const officeOf = (key: OfficeKey): string => (key === 'operator' ? 'Start of this instance' : offices[key].name);
const levelOf = (unit: string): 'INSTITUTION' | 'DIVISION' | 'UNIT' =>
  unit === 'EASTMERE' ? 'INSTITUTION' : ['URGENT', 'SURGICAL', 'FAMILY', 'DIAG'].includes(unit) ? 'DIVISION' : 'UNIT';

/** Evidence of the story lies at addresses of a place that is not there. */
export function evidenceOf(
  what: string,
  of: LocalDate,
  ids: StoryIds,
  expiresAt: LocalDate | null = null,
): EvidenceRef {
  return {
    evidenceId: ids.created('evidence', what),
    sha256: ids.created('evidence-bytes', what).replaceAll('-', '').repeat(2),
    custodian: 'Board office',
    attestor: null,
    uri: `https://records.eastmere.example/${what.toLowerCase()}`,
    fileId: null,
    periodFrom: null,
    periodTo: of,
    expiresAt,
  };
}

/** Whose promise it is on a day. */
const ownerOn = ({ owner, handedOver }: Promised, day: LocalDate): OfficeKey =>
  handedOver && handedOver[0] <= day ? handedOver[1] : owner;

const milestonesOf = ({ code, title, due }: Promised) =>
  code === 'QUIET_ROOMS'
    ? Array.from({ length: 8 }, (_level, at) => ({
        milestone: `${code}.${at + 1}`,
        title: `A quiet room on level ${at + 1}`,
        due,
      }))
    : [{ milestone: `${code}.1`, title, due }];

/** The last day of each quarter from a day on. */
function quarterEnds(from: LocalDate, to: LocalDate): readonly LocalDate[] {
  const month = Number(from.slice(5, 7));
  const ends: LocalDate[] = [];
  for (let end = endOfMonth(addMonths(`${from.slice(0, 7)}-01`, (3 - (month % 3)) % 3)); end <= to;) {
    ends.push(end);
    end = endOfMonth(addMonths(`${end.slice(0, 7)}-01`, 3));
  }
  return ends;
}
const periodOf = (end: LocalDate): string => `${end.slice(0, 4)}-Q${Number(end.slice(5, 7)) / 3}`;

const LAST_REPORT = '2026-10-10';
/** Back from leave on 31 August: what was due meanwhile is due from then on. */
const BACK = '2026-09-02';
/** The one report that did not come. */
const FORGOTTEN = 'TEACHING 2026-Q3';

function reportsOf(promise: Promised): readonly Act[] {
  const { code, accepted, kept, withdrawn, carriedInto, cause } = promise;
  const ended = kept ?? withdrawn ?? (carriedInto === undefined ? undefined : '2026-04-27');
  return quarterEnds(accepted, LAST_REPORT)
    .filter((end) => ended === undefined || end < ended)
    .filter((end) => isOpenAt(promise, end) && `${code} ${periodOf(end)}` !== FORGOTTEN)
    .map((end) => {
      const owner = ownerOn(promise, end);
      const away = owner === 'director-estates' && end >= '2026-03-31' && end <= '2026-06-30';
      const on = away ? BACK : addDays(end, 9);
      return by(ownerOn(promise, on), 'executive')(on, 'charter.ReportProgress', {
        commitment: code,
        period: periodOf(end),
        selfStatus: kept !== undefined && kept < addDays(end, 120) ? 'SUBSTANTIAL' : 'LIMITED',
        narrative: 'Work goes on as planned; the open points are listed with their dates.',
        ...(cause === undefined ? {} : { causes: [cause] }),
      });
    });
}

/** Missed when the period of its date closed: it owes no report on later ones. */
function isOpenAt({ kept, due, moved, cause, withdrawn, carriedInto }: Promised, end: LocalDate): boolean {
  const last = moved?.at(-1)?.[1] ?? due;
  const missed = kept === undefined && cause !== undefined && withdrawn === undefined && carriedInto === undefined;
  return !missed || end <= endOfQuarter(last);
}
const endOfQuarter = (day: LocalDate): LocalDate => quarterEnds(day, addDays(day, 100))[0] ?? day;

function promiseOf(promise: Promised, ids: StoryIds): readonly Act[] {
  const { code, title, owner, unit, principle, accepted, proposedBy, carries } = promise;
  const proposed = addDays(accepted, -7) < '2025-03-03' ? '2025-03-03' : addDays(accepted, -7);
  const proposes = by(proposedBy ?? 'head-of-people-analytics', proposedBy === undefined ? 'hr' : 'member');
  const owns = by(owner, 'executive');
  return [
    proposes(proposed, 'charter.ProposeCommitment', {
      commitment: code,
      title,
      statement: STATEMENTS[code]!,
      unit,
      level: levelOf(unit),
      evidenceRule: 'What was put in place is on record, and those it is for can see it.',
      owner: ids.person(owner),
      office: officeOf(owner),
      charter: CHARTER,
      principles: [principle],
      structuralChange: true,
      ...(carries === undefined ? {} : { carriesForward: carries }),
    }),
    ...milestonesOf(promise).map((milestone) =>
      proposes(proposed, 'charter.AddMilestone', { commitment: code, ...milestone }),
    ),
    by('internal-audit', 'assessor')(addDays(proposed, 2), 'charter.AssessVerifiability', {
      commitment: code,
      verifiable: true,
    }),
    owns(accepted, 'charter.AcceptCommitment', { commitment: code }),
    by('head-of-people-analytics', 'hr')(accepted, 'charter.ResourceCommitment', {
      commitment: code,
      stage: 'RELEASED',
      fte: '0.2',
      source: 'Belonging budget',
    }),
    ...movesOf(promise),
    ...handoverOf(promise, ids),
    ...endOf(promise, ids),
    ...reportsOf(promise),
  ];
}

const movesOf = ({ code, owner, moved = [] }: Promised): readonly Act[] =>
  moved.flatMap(([on, to]) => [
    by(owner, 'executive')(on, 'charter.RequestReschedule', {
      commitment: code,
      milestone: `${code}.1`,
      to,
      reason: 'Those it is for asked for more time to take part.',
    }),
    by('head-of-people-analytics', 'hr')(addDays(on, 2), 'charter.RescheduleMilestone', {
      commitment: code,
      milestone: `${code}.1`,
      reason: 'The first date stays on record; the new one can be kept.',
    }),
  ]);

const handoverOf = ({ code, handedOver }: Promised, ids: StoryIds): readonly Act[] =>
  handedOver === undefined
    ? []
    : [
        by('head-of-people-analytics', 'hr')('2026-04-29', 'charter.ReassignCommitment', {
          commitment: code,
          to: ids.person(handedOver[1]),
          effective: handedOver[0],
        }),
        by(handedOver[1], 'executive')(handedOver[0], 'charter.AcceptReassignment', { commitment: code }),
      ];

function endOf(promise: Promised, ids: StoryIds): readonly Act[] {
  const { code, kept, withdrawn, carriedInto, note, unattested } = promise;
  if (kept !== undefined) {
    const owns = by(ownerOn(promise, kept), 'executive');
    const attests = by('internal-audit', 'assessor');
    return [
      ...milestonesOf(promise).map(({ milestone }) =>
        owns(kept, 'charter.ReachMilestone', {
          commitment: code,
          milestone,
          evidence: [evidenceOf(milestone, kept, ids)],
        }),
      ),
      owns(kept, 'charter.FulfilCommitment', { commitment: code }),
      ...(unattested === true
        ? []
        : [
            ...milestonesOf(promise).map(({ milestone }) =>
              attests(addDays(kept, 3), 'charter.AttestDoneDate', { commitment: code, milestone, doneOn: kept }),
            ),
            attests(addDays(kept, 3), 'charter.AttestDoneDate', { commitment: code, doneOn: kept }),
          ]),
    ];
  }
  const owns = by(promise.owner, 'executive');
  if (withdrawn !== undefined)
    return [
      owns(withdrawn, 'charter.RequestWithdrawal', {
        commitment: code,
        reason: 'The council took its place sooner than expected.',
        publicNote: note ?? '',
      }),
      by('head-of-legal', 'legal')(addDays(withdrawn, 1), 'charter.WithdrawCommitment', {
        commitment: code,
        reason: 'Nothing that was promised to staff is lost by it.',
      }),
      by('board-secretary', 'board')(addDays(withdrawn, 3), 'charter.WithdrawCommitment', {
        commitment: code,
        reason: 'Agreed in the meeting of the board.',
      }),
    ];
  if (carriedInto !== undefined)
    return [owns('2026-04-27', 'charter.CarryForwardCommitment', { commitment: code, into: carriedInto })];
  if (code === 'QUIET_ROOMS')
    return milestonesOf(promise)
      .slice(0, 5)
      .map(({ milestone }, at) =>
        owns(addDays('2026-02-10', at * 20), 'charter.ReachMilestone', {
          commitment: code,
          milestone,
          evidence: [evidenceOf(milestone, addDays('2026-02-10', at * 20), ids, '2026-11-24')],
        }),
      );
  return [];
}

/** Why a promise was not kept, in public: written by HR, passed by a second person. */
function notesOn(ids: StoryIds): readonly Act[] {
  return promised
    .filter(({ note, withdrawn }) => note !== undefined && withdrawn === undefined)
    .flatMap(({ code, note = '', due, carriedInto }): readonly Act[] => {
      const on = carriedInto === undefined ? addDays(endOfQuarter(due), 30) : '2026-04-28';
      const id = `note/${code}`;
      return [
        by('head-of-people-analytics', 'hr')(on, 'charter.WritePublicNote', { commitment: code, text: note }, { id }),
        by('head-of-legal', 'legal')(addDays(on, 1), 'charter.PassPublicNote', {
          commitment: code,
          note: ids.created('public-note', id),
        }),
      ];
    });
}

/** Independent judgements, where the owner’s own is not the only one. */
const assessed = (): readonly Act[] =>
  (
    [
      ['2026-10-14', 'QUIET_ROOMS', 'SUBSTANTIAL', 'Five of eight rooms are in use.'],
      ['2026-10-14', 'ROTA', 'LIMITED', 'A draft exists; night staff have not agreed to it.'],
      ['2026-10-15', 'TEACHING', 'LIMITED', 'Hours are planned; two thirds of them are used.'],
      ['2026-10-15', 'LISTENING', 'SUBSTANTIAL', 'Nine of twelve units hold it each month.'],
      ['2026-10-15', 'RETURN_TALK', 'NOT_STARTED', 'No record of any talk was found.'],
    ] as const
  ).map(([on, commitment, completion, rationale]) =>
    by('internal-audit', 'assessor')(on, 'charter.AssessCommitment', { commitment, completion, rationale }),
  );

/** Forty promises with all that became of them, and what the rules did not let pass. */
export function promises(ids: StoryIds): readonly Act[] {
  return [
    ...promised.flatMap((promise) => promiseOf(promise, ids)),
    ...notesOn(ids),
    ...assessed(),
    by('head-of-pharmacy', 'executive')(
      '2025-03-07',
      'charter.AcceptCommitment',
      { commitment: 'COUNCIL' },
      { refusedBy: 'only-the-owner-accepts-a-commitment' },
    ),
  ];
}
