import { DropBox, type PutStep } from './drop-box.ts'
import { SealedFile } from './seal.ts'

export type AchDropOptions = {
  readonly folder: string
  /** 32 bytes each: the first seals, the others still open what they sealed before they were replaced. */
  readonly keys: readonly Buffer[]
  /** For tests: told of each step of a put, and may end the process there. */
  readonly onStep?: ((step: PutStep) => void) | undefined
}

/**
 * The wire between the broker and its bank's ACH operator: a folder of sealed files here, SFTP elsewhere.
 * `outbound/` is what the broker sends, `inbound/` what it gets; `taken/` keeps what was read.
 */
export class AchDrop {
  readonly outbound: DropBox
  readonly inbound: DropBox

  private constructor({ folder, keys, onStep = () => undefined }: AchDropOptions) {
    const sealed = new SealedFile(keys)
    this.outbound = new DropBox(folder, 'outbound', sealed, onStep)
    this.inbound = new DropBox(folder, 'inbound', sealed, onStep)
  }

  /** Makes the folders where there are none. */
  static async open(options: AchDropOptions): Promise<AchDrop> {
    const drop = new AchDrop(options)
    await drop.outbound.make()
    await drop.inbound.make()
    return drop
  }
}
