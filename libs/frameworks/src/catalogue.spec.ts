import {
  actionTypeOf,
  actionTypes,
  antiPatterns,
  blueprintComponents,
  codesOf,
  communityPrinciples,
  components,
  easilyForgotten,
  moments,
  pillars,
  provisions,
  structureKinds,
  structures,
  supportTypes,
} from './index';

describe('the catalogue of action types', () => {
  it('has every type once, found in any case', () => {
    expect(new Set(codesOf(actionTypes)).size).toBe(actionTypes.length);
    expect(actionTypes.length).toBeGreaterThanOrEqual(25);
    expect(actionTypeOf('buddy')?.title).toBe('Buddy');
    expect(actionTypeOf('LUNCH')).toBeUndefined();
  });

  it.each(actionTypes.map((type) => [type.code, type] as const))(
    '%s has tags of the frameworks only',
    (_code, type) => {
      const known = (list: readonly { readonly code: string }[], codes: readonly (string | null)[]): void =>
        expect(codesOf(list)).toEqual(expect.arrayContaining(codes.filter((code) => code !== null)));
      expect(type.code).toMatch(/^[A-Z][A-Z_]+$/);
      expect(type.sources.length).toBeGreaterThan(0);
      known(blueprintComponents, [type.blueprint]);
      known(components, [type.component]);
      known(moments, [type.moment]);
      known(structures, [type.structure]);
      known(structureKinds, [type.structureKind]);
      known(pillars, [type.pillar]);
      known(communityPrinciples, type.principles);
      known(provisions, type.provisions);
      known(supportTypes, type.supports);
      known(antiPatterns, type.antiPatterns);
    },
  );

  const coveredBy = (
    of: (type: (typeof actionTypes)[number]) => readonly (string | null)[],
  ): ReadonlySet<string | null> => new Set(actionTypes.flatMap(of));

  it('covers each component, moment, structure, kind, pillar, provision and form of support', () => {
    const covered: readonly [readonly { readonly code: string }[], ReadonlySet<string | null>][] = [
      [blueprintComponents, coveredBy(({ blueprint }) => [blueprint])],
      [components, coveredBy(({ component }) => [component])],
      [moments, coveredBy(({ moment }) => [moment])],
      [structures, coveredBy(({ structure }) => [structure])],
      [structureKinds, coveredBy(({ structureKind }) => [structureKind])],
      [pillars, coveredBy(({ pillar }) => [pillar])],
      [communityPrinciples, coveredBy(({ principles }) => principles)],
      [provisions, coveredBy((type) => type.provisions)],
      [supportTypes, coveredBy(({ supports }) => supports)],
    ];
    for (const [list, codes] of covered) expect(codesOf(list).filter((code) => !codes.has(code))).toEqual([]);
    for (const moment of easilyForgotten) expect(coveredBy((type) => [type.moment])).toContain(moment);
  });

  it('asks for a legal review exactly where people are chosen by class', () => {
    const reviewed = actionTypes.filter(({ needsLegalReview }) => needsLegalReview);
    expect(codesOf(reviewed)).toEqual(['DIVERSE_PANEL', 'TARGETED_PROGRAMME']);
    expect(codesOf(actionTypes.filter((type) => type.antiPatterns.includes('CLASS_TARGETED')))).toEqual(
      codesOf(reviewed),
    );
  });

  it('asks of whatever is written how people would feel it', () => {
    const written = actionTypes.filter(({ structureKind }) => structureKind === 'POLICY');
    expect(written.length).toBeGreaterThan(5);
    expect(codesOf(written.filter((type) => !type.livedExperienceMetricRequired))).toEqual([]);
  });

  it('says of a series that doing it once is not enough', () => {
    const once = actionTypes.filter((type) => type.antiPatterns.includes('ONE_OFF') && type.code !== 'ASSESSMENT');
    expect(codesOf(once.filter(({ recurring }) => !recurring))).toEqual([]);
  });
});
