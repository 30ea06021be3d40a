/** A report comes last: what goes wrong with it must not hide what became of the runs. */
import { EXIT } from './exit.js';

/**
 * Writes a report and says on stderr where it is, or in one line why there is none.
 * @returns `code`, or that of a failure where `code` says that all is done and the report is missing.
 */
export async function withReport(code: number, write: () => Promise<string>): Promise<number> {
  try {
    console.error(`Report: ${await write()}`);
    return code;
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ');
    console.error(`No report was written: ${message}`);
    return code === EXIT.done ? EXIT.failed : code;
  }
}
