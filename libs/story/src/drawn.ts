import { drawBelow, randomOf, type RandomSource } from '@plumbline/statistics';
import { units, type UnitCode } from './hospital';

/** Quarters of the story: Q4 2024, which is imported as the baseline, to Q3 2026. */
export const quarters = [
  '2024-Q4',
  '2025-Q1',
  '2025-Q2',
  '2025-Q3',
  '2025-Q4',
  '2026-Q1',
  '2026-Q2',
  '2026-Q3',
] as const;

/** Tenths of a per cent, one a quarter. Whole numbers only, so that every machine draws the same. */
export type Course = readonly number[];

/** A number from −reach to +reach, each as likely. */
const around = (source: RandomSource, reach: number): number => drawBelow(source, 2 * reach + 1) - reach;

/** A course around a path: each quarter off it by up to `reach`. */
const wandering = (seed: string, path: Course, reach: number): Course => {
  const source = randomOf(seed);
  return path.map((level) => level + around(source, reach));
};

/** A course that steps by up to `reach` off its path each quarter, and so forgets nothing. */
function stepping(seed: string, path: Course, reach: number): Course {
  const source = randomOf(seed);
  let away = 0;
  return path.map((level) => level + (away += around(source, reach)));
}

const straight = (from: number, to: number): Course =>
  quarters.map((_quarter, t) => from + Math.round(((to - from) * t) / (quarters.length - 1)));

/** How far a course lies off its path, `lag` quarters earlier; nothing before the first. */
const off = (course: Course, path: Course, t: number, lag: number): number =>
  t < lag ? 0 : (course[t - lag] ?? 0) - (path[t - lag] ?? 0);

const paths = {
  CHECKINS: straight(600, 790),
  AGREED: straight(560, 720),
  CHECKLIST: straight(480, 700),
  PROTECTED: straight(560, 620),
  CONCERNS: straight(720, 860),
  CHALLENGE: straight(600, 650),
  BELONG: straight(600, 660),
  RECOMMEND: straight(600, 640),
};
export type DrawnMeasure = keyof typeof paths;

/**
 * The courses of one unit. What goes before what is built in here and nowhere else: belonging follows check-ins by two quarters; would recommend moves with the structural
 * checklist and against protected time by two quarters; everything else is chance.
 */
function coursesOf(unit: UnitCode): Readonly<Record<DrawnMeasure, Course>> {
  const drawn = (measure: DrawnMeasure, reach: number): Course =>
    wandering(`eastmere ${measure} ${unit}`, paths[measure], reach);
  const [checkins, protectedTime] = [drawn('CHECKINS', 90), drawn('PROTECTED', 120)];
  const checklist = stepping(`eastmere CHECKLIST, sixth draw, ${unit}`, paths.CHECKLIST, 100);
  const noise = { belong: randomOf(`eastmere belong ${unit}`), recommend: randomOf(`eastmere recommend ${unit}`) };
  return {
    CHECKINS: checkins,
    CHECKLIST: checklist,
    PROTECTED: protectedTime,
    AGREED: drawn('AGREED', 70),
    CONCERNS: drawn('CONCERNS', 50),
    CHALLENGE: drawn('CHALLENGE', 50),
    BELONG: paths.BELONG.map((level, t) => level + off(checkins, paths.CHECKINS, t, 2) + around(noise.belong, 30)),
    RECOMMEND: paths.RECOMMEND.map(
      (level, t) =>
        level +
        Math.trunc((off(checklist, paths.CHECKLIST, t, 0) * 3) / 4) -
        Math.trunc((off(protectedTime, paths.PROTECTED, t, 2) * 3) / 4) +
        around(noise.recommend, 20),
    ),
  };
}

/** A share as counts: so many of so many. */
export interface Share {
  readonly num: number;
  readonly den: number;
}

/** The nearest share of `den` to tenths of a per cent, at least none and at most all. */
export const shareOf = (tenths: number, den: number): Share => ({
  num: Math.min(den, Math.max(0, Math.floor((tenths * den + 500) / 1000))),
  den,
});

/** Every unit's courses. */
export const courses: ReadonlyMap<UnitCode, Readonly<Record<DrawnMeasure, Course>>> = new Map(
  units.map(({ code }) => [code, coursesOf(code)]),
);

/** How many answered in a wave: as in wave 7, a little fewer or more, never so that another unit is hidden or shown. */
export function answeredIn(code: UnitCode, answered: number, quarter: number): number {
  if (quarter === quarters.length - 1 || answered < 25) return answered;
  return answered + around(randomOf(`eastmere answered ${code} ${quarter}`), 3);
}
