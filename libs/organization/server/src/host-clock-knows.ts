/** Whether this host's calendar has the time zone: an IANA name, aliases among them. */
export function timeZoneKnown(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Whether this host can write in the locale, or in its language. */
export function localeKnown(locale: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([locale]).length > 0;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
