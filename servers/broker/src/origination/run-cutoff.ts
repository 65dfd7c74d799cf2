import type { BrokerContext } from '../context.ts'
import { originateTransfer, type TransferJob } from '../transfers/originate-transfer.ts'
import { sealFile } from './seal-file.ts'
import { sendFiles } from './send-files.ts'

/**
 * What the agenda does at a cut-off for each transfer: the first that is ready brings all others into its file,
 * which have nothing left to do then. A repetition after a crash finds the file, or makes it.
 */
export async function runCutoff(ctx: BrokerContext, job: TransferJob): Promise<void> {
  if ((await originateTransfer(ctx, job)) === 'ready') await sealFile(ctx)
  await sendFiles(ctx)
}
