import type { CommandBody, LocalDate } from '@plumbline/kernel';
import {
  fields,
  folded,
  type ImportOptions,
  type ImportRow,
  type RowProblem,
  type WholePlan,
} from '@plumbline/platform/imports';
import type { Standing } from './units.importer';

const SAID_ALIKE = ['name', 'parent', 'validFrom', 'outsideTree', 'classDefined'] as const;

/** The rows of each unit, by its code. */
function byUnit(rows: readonly ImportRow[]): ReadonlyMap<string, readonly ImportRow[]> {
  const units = new Map<string, ImportRow[]>();
  for (const row of rows) {
    const code = folded(row.fields['code']);
    const before = units.get(code);
    if (before) before.push(row);
    else units.set(code, [row]);
  }
  return units;
}

function againstContradictions(units: ReadonlyMap<string, readonly ImportRow[]>): readonly RowProblem[] {
  return [...units.values()].flatMap(([first, ...others]) =>
    others.flatMap((row) => {
      const column = SAID_ALIKE.find((name) => row.fields[name] !== first?.fields[name]);
      return column === undefined
        ? []
        : [
            {
              line: row.line,
              column,
              value: row.fields[column] ?? '',
              rule: 'rows-of-one-unit-say-the-same-of-it',
              detail: `Line ${first?.line} says otherwise.`,
            },
          ];
    }),
  );
}

/** Units that would come to stand above themselves when all rows hold. */
function againstCircles(units: ReadonlyMap<string, readonly ImportRow[]>, { tree }: Standing): readonly RowProblem[] {
  const above = new Map(tree.units.map((unit) => [folded(unit.code), folded(tree.unit(unit.parentId ?? '')?.code)]));
  for (const [code, [row]] of units) if (row?.fields['parent']) above.set(code, folded(row.fields['parent']));
  return [...units].flatMap(([code, [row]]) => {
    const seen = new Set<string>();
    for (let at: string | undefined = above.get(code); at && !seen.has(at); at = above.get(at)) {
      if (at === code)
        return [
          {
            line: row?.line ?? 0,
            column: 'parent',
            value: row?.fields['parent'] ?? '',
            rule: 'the-units-of-a-file-make-a-tree',
            detail: 'By this file the unit comes to stand above itself.',
          },
        ];
      seen.add(at);
    }
    return [];
  });
}

const againstUnnamedParents = (units: ReadonlyMap<string, readonly ImportRow[]>): readonly RowProblem[] =>
  [...units.values()].flatMap(([row]) => {
    const parent = row?.fields['parent'];
    return row && parent && !units.has(folded(parent))
      ? [
          {
            line: row.line,
            column: 'parent',
            value: parent,
            rule: 'a-complete-file-names-every-parent',
            detail: 'The file has no row of this unit, so it would be closed. Add its row.',
          },
        ]
      : [];
  });

/** Posts that end because the file names others, or closes their unit. */
function endedPosts(
  units: ReadonlyMap<string, readonly ImportRow[]>,
  closing: ReadonlySet<string>,
  { tree, posts }: Standing,
  { complete, personIdOf }: ImportOptions,
  lastDay: LocalDate,
): readonly { readonly line: number; readonly body: CommandBody }[] {
  return posts.flatMap(({ unitId, leader, role, heldFrom, heldTo }) => {
    const unit = tree.unit(unitId);
    const rows = units.get(folded(unit?.code)) ?? [];
    const led = rows.map(fields).filter((row) => row['leader'] !== undefined);
    const speaks = led.length > 0 || (complete && rows.some((row) => row.fields['leader'] !== undefined));
    const stays = led.some((row) => personIdOf(row['leader'] ?? '') === leader && row['leaderRole'] === role);
    if (!unit || heldTo !== null || !(closing.has(unitId) || (speaks && !stays))) return [];
    const to = heldFrom > lastDay ? heldFrom : lastDay;
    return [
      {
        line: rows.at(-1)?.line ?? 0,
        body: { type: 'organization.UnassignLeader', data: { unit: unit.code, leader, role, to } },
      },
    ];
  });
}

/** What follows from all rows of a file together: posts that end, and in a complete file units that close, those below first. */
export function planWhole(
  rows: readonly ImportRow[],
  standing: Standing,
  options: ImportOptions,
  lastDay: LocalDate,
): WholePlan {
  const units = byUnit(rows);
  const { tree } = standing;
  const problems = [
    ...againstContradictions(units),
    ...againstCircles(units, standing),
    ...(options.complete ? againstUnnamedParents(units) : []),
  ];
  const depth = (unitId: string): number => tree.ancestors(unitId).length;
  const closing = options.complete
    ? tree.units
        .filter((unit) => !unit.outsideTree && unit.row.closedFrom === null && !units.has(folded(unit.code)))
        .sort((a, b) => depth(b.unitId) - depth(a.unitId))
    : [];
  const ends = endedPosts(units, new Set(closing.map(({ unitId }) => unitId)), standing, options, lastDay);
  const closures = closing.map(({ code }) => ({
    line: 0,
    body: { type: 'organization.CloseUnit', data: { unit: code, validFrom: options.effective } },
  }));
  return { commands: [...ends, ...closures], problems };
}
