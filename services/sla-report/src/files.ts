/** All files of a report. */
import { reportCsv } from './output/csv.ts';
import { reportJson } from './output/json.ts';
import { folderName, reportPdf } from './output/pdf/report-pdf.ts';
import type { Report } from './schema.ts';
import { keyId, type PrivateKey } from './signing/keys.ts';
import type { Files } from './signing/manifest.ts';
import { signed } from './signing/sign.ts';

/** The report as JSON, CSV and PDF, with manifest and signature; the same again gives the same bytes. */
export async function reportFiles(report: Report, key: PrivateKey): Promise<Files> {
  const files = new Map<string, Uint8Array>([
    ['report.json', Buffer.from(reportJson(report))],
    ['days.csv', Buffer.from(reportCsv(report))],
    ['report.pdf', await reportPdf(report, { keyId: await keyId(key) })],
  ]);
  return signed(folderName(report), files, key);
}
