import { constants } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { DropRefused } from './rejection.ts'
import type { SealedFile } from './seal.ts'

/** What a put has done so far. */
export type PutStep = 'written' | 'synced' | 'renamed'

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,119}$/

/**
 * One direction of the drop: a folder that one side writes and the other reads. A name stands for one
 * content for ever: what was put once is the same file after any number of tries, also when the reader
 * has put it away by then.
 */
export class DropBox {
  readonly #folder: string
  readonly #taken: string
  readonly #label: string
  readonly #sealed: SealedFile
  readonly #onStep: (step: PutStep) => void

  constructor(root: string, label: string, sealed: SealedFile, onStep: (step: PutStep) => void) {
    this.#folder = path.join(root, label)
    this.#taken = path.join(root, 'taken', label)
    this.#label = label
    this.#sealed = sealed
    this.#onStep = onStep
  }

  async make(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    await mkdir(this.#taken, { recursive: true, mode: 0o700 })
  }

  /** The file is there whole, or not at all, whatever ends the process. The same again changes nothing. */
  async put(name: string, content: Uint8Array): Promise<void> {
    refuseName(name)
    const before = await this.find(name)
    if (before !== undefined) {
      if (before.equals(content)) return
      throw new DropRefused('name_taken', { name })
    }
    const temporary = path.join(this.#folder, `.${name}.${process.pid}.tmp`)
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(this.#sealed.seal(content, this.#bound(name)))
      this.#onStep('written')
      await file.sync()
      this.#onStep('synced')
    } finally {
      await file.close()
    }
    await rename(temporary, path.join(this.#folder, name))
    this.#onStep('renamed')
    await syncFolder(this.#folder)
    await this.#forgetAttempts(name)
  }

  /** What waits for the reader, in order of name. */
  async list(): Promise<string[]> {
    const names = await readdir(this.#folder)
    return names.filter((name) => NAME.test(name)).sort()
  }

  /** The content of a file that waits. It stays until it is put away. */
  async read(name: string): Promise<Buffer> {
    refuseName(name)
    const bytes = await readIfThere(path.join(this.#folder, name))
    if (bytes === undefined) throw new DropRefused('file_missing', { name })
    return this.#sealed.open(bytes, this.#bound(name))
  }

  /** The content of a file of this name, waiting or put away; nothing when there never was one. */
  async find(name: string): Promise<Buffer | undefined> {
    refuseName(name)
    const bytes =
      (await readIfThere(path.join(this.#folder, name))) ?? (await readIfThere(path.join(this.#taken, name)))
    return bytes === undefined ? undefined : this.#sealed.open(bytes, this.#bound(name))
  }

  /** For the reader, once what the file says is committed. Does nothing the second time. */
  async putAway(name: string): Promise<void> {
    refuseName(name)
    try {
      await rename(path.join(this.#folder, name), path.join(this.#taken, name))
    } catch (error) {
      if (!isMissing(error)) throw error
    }
    await syncFolder(this.#taken)
    await syncFolder(this.#folder)
  }

  /** What a killed process left half written under a temporary name. */
  async #forgetAttempts(name: string): Promise<void> {
    const attempts = (await readdir(this.#folder)).filter(
      (one) => one.startsWith(`.${name}.`) && one.endsWith('.tmp'),
    )
    for (const attempt of attempts) await rm(path.join(this.#folder, attempt), { force: true })
  }

  #bound(name: string): string {
    return `${this.#label}/${name}`
  }
}

function refuseName(name: string): void {
  if (!NAME.test(name)) throw new DropRefused('name_not_allowed', { name })
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT'
