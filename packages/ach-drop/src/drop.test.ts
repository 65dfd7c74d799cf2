import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { AchDrop } from './drop.ts'

const key = (fill: number) => Buffer.alloc(32, fill)

async function dropIn(folder: string, keys = [key(1)]) {
  return AchDrop.open({ folder, keys })
}

async function newFolder() {
  const folder = await mkdtemp(path.join(tmpdir(), 'ach-drop-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

const text = Buffer.from('101 07654321619876543212611231405A094101\n')

test('what was put is listed, read and put away, and lies on the disk unreadable', async () => {
  await using place = await newFolder()
  const { outbound } = await dropIn(place.folder)
  await outbound.put('NLS00042.ach', text)
  expect(await outbound.list()).toEqual(['NLS00042.ach'])
  expect(await outbound.read('NLS00042.ach')).toEqual(text)
  const onDisk = await readFile(path.join(place.folder, 'outbound', 'NLS00042.ach'))
  expect(onDisk.includes('076543216')).toBe(false)
  await outbound.putAway('NLS00042.ach')
  await outbound.putAway('NLS00042.ach')
  expect(await outbound.list()).toEqual([])
})

test('the same file put again changes nothing, also when the reader has put it away', async () => {
  await using place = await newFolder()
  const { inbound } = await dropIn(place.folder)
  await inbound.put('a.ach', text)
  await inbound.put('a.ach', text)
  await inbound.putAway('a.ach')
  await inbound.put('a.ach', text)
  expect(await inbound.list()).toEqual([])
  await expect(inbound.put('a.ach', Buffer.from('another'))).rejects.toMatchObject({ code: 'name_taken' })
})

test('a half written file is nobody else’s to see, and the next try removes it', async () => {
  await using place = await newFolder()
  const { outbound } = await dropIn(place.folder)
  await writeFile(path.join(place.folder, 'outbound', '.a.ach.999999.tmp'), 'half')
  expect(await outbound.list()).toEqual([])
  await outbound.put('a.ach', text)
  expect(await readdir(path.join(place.folder, 'outbound'))).toEqual(['a.ach'])
})

test('a new key seals, the old one still opens, and a forgotten one is named', async () => {
  await using place = await newFolder()
  await (await dropIn(place.folder, [key(1)])).outbound.put('old.ach', text)
  const rotated = await dropIn(place.folder, [key(2), key(1)])
  await rotated.outbound.put('new.ach', text)
  expect(await rotated.outbound.read('old.ach')).toEqual(text)
  const later = await dropIn(place.folder, [key(2)])
  expect(await later.outbound.read('new.ach')).toEqual(text)
  await expect(later.outbound.read('old.ach')).rejects.toMatchObject({ code: 'key_unknown' })
})

test('a file that was changed, renamed or never sealed does not open', async () => {
  await using place = await newFolder()
  const { outbound } = await dropIn(place.folder)
  const at = (name: string) => path.join(place.folder, 'outbound', name)
  await outbound.put('a.ach', text)
  await rename(at('a.ach'), at('b.ach'))
  await expect(outbound.read('b.ach')).rejects.toMatchObject({ code: 'file_changed' })
  await outbound.put('c.ach', text)
  const bytes = await readFile(at('c.ach'))
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  await writeFile(at('c.ach'), bytes)
  await expect(outbound.read('c.ach')).rejects.toMatchObject({ code: 'file_changed' })
  await writeFile(at('d.ach'), text)
  await expect(outbound.read('d.ach')).rejects.toMatchObject({ code: 'not_sealed' })
})

test.for(['', '.hidden', '../a', 'a/b', 'a\\b', 'a b', 'x'.repeat(121)])(
  '%j is no name for a file',
  async (name) => {
    await using place = await newFolder()
    const { outbound } = await dropIn(place.folder)
    await expect(outbound.put(name, text)).rejects.toMatchObject({ code: 'name_not_allowed' })
  },
)
