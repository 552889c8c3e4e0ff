import { commitmentRegister } from '@plumbline/charter/domain';
import { cycleRegister } from '@plumbline/evaluations/domain';
import { anyReadModel, type AnyReadModel, type LocalDate } from '@plumbline/kernel';
import { hypothesisRegister, metricCatalogue, releaseRegister } from '@plumbline/metrics/domain';
import { leaderPosts, roleGrants, unitRegister } from '@plumbline/organization/domain';
import type { AsOfReader, AsOfView } from '@plumbline/platform/projections';
import type { Directory } from '@plumbline/platform/subjects';
import { actionRegister } from '@plumbline/programs/domain';
import type { Disclosed } from '@plumbline/privacy';
import {
  idsInReport,
  type Offices,
  type OfficeSources,
  officesOn,
  type Report,
  withOffices,
} from '@plumbline/reporting/domain';

/** What bears a code, and the column of its id. */
const CODED: readonly (readonly [model: AnyReadModel, id: string])[] = [
  [anyReadModel(unitRegister), 'unitId'],
  [anyReadModel(metricCatalogue), 'metricId'],
  [anyReadModel(commitmentRegister), 'commitmentId'],
  [anyReadModel(actionRegister), 'actionId'],
  [anyReadModel(hypothesisRegister), 'hypothesisId'],
  [anyReadModel(releaseRegister), 'releaseId'],
  [anyReadModel(cycleRegister), 'cycleId'],
];

const PERSONS = [anyReadModel(leaderPosts), anyReadModel(roleGrants), anyReadModel(unitRegister)];

/** A person as anyone who is signed in may know them: by office. */
export interface OfficeBearer {
  readonly personId: string;
  readonly office: string;
}

const officesOf = (known: ReadonlyMap<string, { readonly office?: string }>): ReadonlyMap<string, string> =>
  new Map([...known].flatMap(([id, { office }]) => (office === undefined ? [] : [[id, office] as const])));

const dayOf = ({ knownAt }: AsOfView): LocalDate => (knownAt ?? '0001-01-01').slice(0, 10);

/** Rows that tell of persons' offices, read at one position. */
type PersonRows = Omit<OfficeSources, 'directory'>;

/** Words for ids: the office of a person, the code of what bears one. Never a name of a person. */
export class Names {
  constructor(
    private readonly reader: Pick<AsOfReader, 'at'>,
    private readonly directory: Pick<Directory, 'resolve' | 'all'>,
  ) {}

  /** The report with offices in the place of persons' ids, as they stood at its position. */
  async in(report: Disclosed<Report>): Promise<Disclosed<Report>> {
    const ids = idsInReport(report);
    if (ids.length === 0) return report;
    const position = BigInt(report.asOf.position);
    const rows = await this.reader.at({ position }, PERSONS as never, (view) => personRows(view, ids));
    return withOffices(report, await this.offices(ids, rows, report.day));
  }

  /** What ids of any kind are called, as known now. One that nothing knows is left out. */
  async of(ids: readonly string[]): Promise<Offices> {
    if (ids.length === 0) return new Map();
    const models = [...new Set([...PERSONS, ...CODED.map(([model]) => model)])];
    const read = await this.reader.at({}, models as never, async (view) => {
      const coded = new Map<string, string>();
      for (const [model, id] of CODED)
        for (const row of await view.rows(model, { where: { [id]: ids } }))
          coded.set(String(row[id]), String(row['code']));
      return { coded, rows: await personRows(view, ids), day: dayOf(view) };
    });
    return new Map([...read.coded, ...(await this.offices(ids, read.rows, read.day))]);
  }

  /** A person by their id: by their roles too. Undefined where neither log nor directory calls them anything. */
  async bearer(personId: string): Promise<OfficeBearer | undefined> {
    const { rows, day } = await this.reader.at({}, PERSONS as never, async (view) => ({
      rows: await personRows(view, [personId]),
      day: dayOf(view),
    }));
    const office = (await this.offices([personId], rows, day)).get(personId);
    return office === undefined ? undefined : { personId, office };
  }

  /** Everyone who is known by an office: who holds a post, and whom the directory gives one. */
  async everyone(): Promise<readonly OfficeBearer[]> {
    const known = new Map((await this.directory.all()).map((person) => [person.personId, person]));
    const { rows, day } = await this.reader.at({}, PERSONS as never, async (view) => ({
      rows: await personRows(view, []),
      day: dayOf(view),
    }));
    const persons = [...known.keys(), ...rows.posts.map(({ leader }) => leader)];
    const named = officesOn(persons, { ...rows, directory: officesOf(known) }, day);
    return [...named].map(([personId, office]) => ({ personId, office }));
  }

  private async offices(ids: readonly string[], rows: PersonRows, day: LocalDate): Promise<Offices> {
    const known = await this.directory.resolve(ids);
    const persons = new Set([
      ...known.keys(),
      ...rows.posts.map(({ leader }) => leader),
      ...rows.grants.map(({ personId }) => personId),
    ]);
    const asked = ids.filter((id) => persons.has(id));
    return asked.length === 0 ? new Map() : officesOn(asked, { ...rows, directory: officesOf(known) }, day);
  }
}

async function personRows(view: AsOfView, ids: readonly string[]): Promise<PersonRows> {
  return {
    posts: await view.rows(leaderPosts),
    units: await view.rows(unitRegister),
    grants: ids.length === 0 ? [] : await view.rows(roleGrants, { where: { personId: ids } }),
  };
}
