import { RunningDeployment } from './running-deployment.testing';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

describe('a report over HTTP', () => {
  let service: RunningDeployment;
  beforeAll(async () => {
    service = await RunningDeployment.start();
    await service.command('organization.NameRootUnit', { unit: 'EASTMERE' });
    const unit = await service.command('organization.RegisterUnit', {
      code: 'EASTMERE',
      name: '<b>Eastmere</b> & daughters',
      validFrom: '2020-01-01',
    });
    expect(unit.status).toBe(201);
  }, 120_000);
  afterAll(async () => {
    await service.close();
  });
  const asked = (query: string, accept?: string) =>
    service.send(`/v1/reports/R2?after=head${query}`, accept === undefined ? {} : { headers: { Accept: accept } });

  it.each([
    ['json', 'application/json; charset=utf-8'],
    ['table', 'text/plain; charset=utf-8'],
    ['csv', 'text/csv; charset=utf-8'],
    ['xlsx', XLSX],
    ['html', 'text/html; charset=utf-8'],
  ])('is answered as %s', async (format, mediaType) => {
    const answer = await asked(`&format=${format}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, mediaType]);
    expect(answer.headers.get('position')).toMatch(/^\d+$/);
    expect(answer.headers.get('vary')).toContain('Accept');
  });

  it('is answered in the form that the request accepts, and in the one that is named before it', async () => {
    expect((await asked('', 'text/html')).text).toContain('&lt;b&gt;Eastmere&lt;/b&gt; &amp; daughters');
    expect((await asked('', '*/*')).headers.get('content-type')).toContain('application/json');
    expect((await asked('&format=csv', 'text/html')).headers.get('content-type')).toContain('text/csv');
  });

  it('is saved under its name and position where it is a file', async () => {
    const { headers, text } = await asked('&format=xlsx');
    expect(headers.get('content-disposition')).toBe(`attachment; filename="R2-${headers.get('position')}.xlsx"`);
    expect(text.startsWith('PK')).toBe(true);
    expect((await asked('&format=html')).headers.get('content-disposition')).toBeNull();
  });

  it('is refused in a form that there is not, with the forms that there are', async () => {
    const { status, text } = await asked('&format=pdf');
    expect(status).toBe(400);
    expect(text).toContain('xlsx');
  });

  it('has documents beside it, in words, as a page and as data', async () => {
    const { documents } = (await service.send('/v1/documents')).json as { documents?: { kind: string }[] };
    expect(documents?.map(({ kind }) => kind)).toEqual([
      ...['contract', 'freeze-certificate', 'handover-sheet', 'weekly-digest'],
    ]);
    const digest = (format: string) => service.send(`/v1/documents/weekly-digest?after=head&format=${format}`);
    expect((await digest('text')).text).toContain('WEEKLY-DIGEST Weekly digest');
    expect((await digest('html')).text).toContain('&lt;b&gt;Eastmere&lt;/b&gt; &amp; daughters');
    expect((await digest('json')).json).toMatchObject({ report: 'WEEKLY-DIGEST', codeVersion: 'WEEKLY-DIGEST@1' });
    expect((await service.send('/v1/documents/diploma')).json).toMatchObject({ status: 404 });
    expect((await service.send('/v1/documents/freeze-certificate?after=head')).json.rule).toBe(
      'a-report-on-scorecards-needs-a-cycle',
    );
  });
});
