import { localeKnown, timeZoneKnown } from './host-clock-knows';

it.each(['Europe/London', 'America/Argentina/Buenos_Aires', 'UTC', 'Asia/Calcutta'])('%s is a time zone', (name) => {
  expect(timeZoneKnown(name)).toBe(true);
});
it.each(['Europe/Atlantis', 'London', ''])('"%s" is no time zone', (name) => {
  expect(timeZoneKnown(name)).toBe(false);
});
it.each(['en-GB', 'de', 'fr-CA'])('%s can be written', (locale) => {
  expect(localeKnown(locale)).toBe(true);
});
it.each(['xx-XX', 'en-', '1'])('%s cannot be written', (locale) => {
  expect(localeKnown(locale)).toBe(false);
});
