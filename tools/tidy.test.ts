import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { environmentReaders, mayImport, timeReaders, vendorDoors } from './architecture.ts'
import { root } from './run.ts'

/** Rules of the house that a machine can check. */
interface Source {
  file: string
  text: string
}

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter(Boolean)

const readText = (file: string) => readFileSync(path.join(root, file), 'utf8')

const sources: Source[] = tracked
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.endsWith('/db/schema.ts'))
  .filter((file) => tracked.includes(file))
  .flatMap((file) => {
    try {
      return [{ file, text: readText(file) }]
    } catch {
      return []
    }
  })

const isTest = ({ file }: Source) => /\.test\.tsx?$|\/test\/|^test\/|\/bench\//.test(file)
const product = sources.filter((source) => /^(apps|servers|packages)\//.test(source.file) && !isTest(source))
const money = product.filter(({ file }) => /^(servers|packages)\//.test(file))

const importsOf = (text: string) =>
  [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? '')

interface Manifest {
  folder: string
  name: string
  dependencies: string[]
  devDependencies: string[]
}

const manifests: Manifest[] = tracked
  .filter((file) => /^(apps|servers|packages)\/[^/]+\/package\.json$/.test(file))
  .map((file) => {
    const manifest = JSON.parse(readText(file))
    return {
      folder: path.dirname(file),
      name: manifest.name.replace('@paddock/', ''),
      dependencies: Object.keys(manifest.dependencies ?? {}),
      devDependencies: Object.keys(manifest.devDependencies ?? {}),
    }
  })

/** Each file with a match, as `file: what`. */
function findAll(among: readonly Source[], pattern: RegExp): string[] {
  return among.flatMap(({ file, text }) =>
    text
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  )
}

describe('who may import whom', () => {
  test('every package is in the policy, and the policy names no package that is gone', () => {
    expect(manifests.map(({ name }) => name).sort()).toEqual(Object.keys(mayImport).sort())
  })

  test.for(manifests)('$name asks only for what the policy allows', ({ name, dependencies }) => {
    const ours = dependencies
      .filter((one) => one.startsWith('@paddock/'))
      .map((one) => one.slice('@paddock/'.length))
    expect(ours.filter((one) => !mayImport[name]?.includes(one))).toEqual([])
  })

  test.for(manifests)(
    '$name imports only what its package.json declares',
    ({ folder, dependencies, devDependencies }) => {
      const undeclared = sources
        .filter(({ file }) => file.startsWith(`${folder}/src/`))
        .flatMap((source) => importsOf(source.text).map((imported) => ({ source, imported })))
        .filter(
          ({ imported }) =>
            !imported.startsWith('.') && !imported.startsWith('node:') && !imported.startsWith('/'),
        )
        .filter(({ source, imported }) => {
          const parts = imported.split('/')
          const wanted = imported.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '')
          if (wanted === 'vitest' || wanted === 'fast-check') return !isTest(source)
          return !dependencies.includes(wanted) && !(isTest(source) && devDependencies.includes(wanted))
        })
      expect(undeclared.map(({ source, imported }) => `${source.file}: ${imported}`)).toEqual([])
    },
  )

  test('a package is imported by its name, never by a path into it', () => {
    const paths = product.flatMap(({ file, text }) =>
      importsOf(text)
        .filter((imported) => /^@paddock\/[^/]+\/.+/.test(imported))
        .map((imported) => `${file}: ${imported}`),
    )
    expect(paths).toEqual([])
  })

  test.for(Object.entries(vendorDoors))('%s is imported behind its door only', ([vendor, doors]) => {
    const elsewhere = product.filter(
      ({ file, text }) => importsOf(text).includes(vendor) && !doors.some((door) => file.startsWith(door)),
    )
    expect(elsewhere.map(({ file }) => file)).toEqual([])
  })

  test('inside a server, the domain does not know HTTP', () => {
    const offenders = product
      .filter(({ file }) => /^servers\/[^/]+\/src\//.test(file))
      .filter(({ file }) => !/\/src\/(http|index\.ts|start-|context\.ts|live)/.test(file))
      .filter(({ text }) =>
        importsOf(text).some((imported) => imported === 'fastify' || /\/http\//.test(imported)),
      )
    expect(offenders.map(({ file }) => file)).toEqual([])
  })
})

describe('rules of the house', () => {
  test('only the settings read the environment', () => {
    const elsewhere = product.filter(
      ({ file, text }) =>
        /process\.env\b/.test(text) && !environmentReaders.includes(file) && !file.includes('pg-test/'),
    )
    expect(elsewhere.map(({ file }) => file)).toEqual([])
  })

  test('servers and packages learn the time from a clock', () => {
    const found = findAll(money, /\bnew Date\(\)|\bDate\.now\(|Temporal\.Now\./)
    const allowed = (line: string) => timeReaders.some((file) => line.startsWith(`${file}:`))
    expect(found.filter((line) => !allowed(line))).toEqual([])
  })

  test('no number is parsed or rounded as a float near money', () => {
    expect(
      findAll(money, /\bparseFloat\(|\.toFixed\(|Number\((amount|price|qty|quantity|notional|cash)/),
    ).toEqual([])
  })

  test('no test is switched off and no check is silenced without a reason', () => {
    expect(
      findAll(sources, /\b(?:it|test|describe)\.(?:skip|only|todo)\(|@ts-(?:ignore|nocheck|expect-error)/),
    ).toEqual([])
    expect(findAll(sources, /biome-ignore [^:]*:\s*$/)).toEqual([])
  })

  test('a file is about one noun: none is longer than 400 lines', () => {
    const long = sources.filter(({ text }) => text.split('\n').length > 400)
    expect(long.map(({ file, text }) => `${file}: ${text.split('\n').length}`)).toEqual([])
  })

  test('nothing outside the repository is needed', () => {
    const texts = tracked.filter(
      (file) => /\.(ts|tsx|mjs|json|md|sql|yml|sh)$/.test(file) && file !== 'package-lock.json',
    )
    const outside = texts.filter((file) => {
      const text = readText(file)
      return /\/work\/|\/tmp\/brief/.test(text) && file !== 'tools/tidy.test.ts'
    })
    expect(outside).toEqual([])
  })

  test('no secret is committed', () => {
    const patterns = /AKIA[0-9A-Z]{16}|-----BEGIN (?:RSA |EC )?PRIVATE KEY-----|ghp_[A-Za-z0-9]{36}|xox[bp]-/
    expect(sources.filter(({ text }) => patterns.test(text)).map(({ file }) => file)).toEqual([])
  })

  test('migrations are numbered and begin with the reason for them', () => {
    const folders = Map.groupBy(
      tracked.filter((file) => /\/migrations\/.*\.sql$/.test(file)),
      (file) => path.dirname(file),
    )
    for (const [folder, files] of folders) {
      const names = files.map((file) => path.basename(file)).sort()
      expect(
        names.every((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)),
        folder,
      ).toBe(true)
      for (const file of files) expect(readText(file).startsWith('-- '), file).toBe(true)
    }
  })
})

describe('settings', () => {
  test('.env.example documents every setting, and no other', async () => {
    const { settingsShape } = await import('../apps/paddock/src/settings.ts')
    const documented = [...readText('.env.example').matchAll(/^#?\s?([A-Z][A-Z0-9_]+)=/gm)].map(
      (match) => match[1],
    )
    expect(documented.sort()).toEqual(Object.keys(settingsShape).sort())
  })
})
