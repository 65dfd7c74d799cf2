// The only file that must run on the machine's own Node (20 or newer), before anything is installed.
// It installs when needed and hands over to the pinned Node in node_modules.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..')
const commands = {
  start: 'apps/paddock/src/main.ts',
  test: 'tools/test.ts',
  check: 'tools/check.ts',
  verify: 'apps/paddock/src/verify-command.ts',
  ach: 'tools/ach.ts',
  bench: 'tools/bench.ts',
  soak: 'tools/soak.ts',
  conform: 'tools/conform.ts',
  doctor: 'apps/paddock/src/doctor-command.ts',
  'db:sync': 'tools/db-sync.ts',
}

const [name = '', ...rest] = process.argv.slice(2)
const script = Object.hasOwn(commands, name) ? commands[name] : undefined
if (script === undefined) stop(`Unknown command "${name}". Known: ${Object.keys(commands).join(', ')}.`)
if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Paddock needs Node 20 or newer to start; this is ${process.version}. Install one from nodejs.org.`)
}

installWhenNeeded()
const node = path.join(root, 'node_modules', 'node', 'bin', 'node')
if (!existsSync(node)) stop('The pinned Node is missing. Remove node_modules and run the command again.')
const child = spawn(node, ['--disable-warning=ExperimentalWarning', path.join(root, script), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: {
    // Modules that were read and compiled once are not read and compiled again: each start is a second shorter.
    NODE_COMPILE_CACHE: path.join(root, 'node_modules', '.cache', 'node'),
    ...process.env,
    PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
  },
})
// Ctrl-C reaches the child by itself; a signal sent to this process alone is passed on.
process.on('SIGINT', () => {})
let ending = false
const end = () => {
  if (!ending) child.kill('SIGTERM')
  ending = true
}
process.on('SIGTERM', end)
// npm hands a signal to the shell between it and us, which dies of it without telling: then we are adopted.
const parent = process.ppid
setInterval(() => process.ppid !== parent && end(), 200).unref()
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))

/** The stamp is written after a whole install, so that one that was cut off is done again. */
function installWhenNeeded() {
  const stamp = path.join(root, 'node_modules', '.paddock-installed')
  const wanted = readFileSync(path.join(root, 'package-lock.json'), 'utf8')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === String(wanted.length) && isNewer(stamp)) return
  // What a command prints is the command's own: the installation speaks on the other channel.
  console.error('Installing the dependencies (once; about a minute) …')
  const flags = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const stdio = ['inherit', process.stderr.fd, 'inherit']
  const result = spawnSync('npm', flags, { cwd: root, stdio, shell: process.platform === 'win32' })
  if (result.status !== 0) {
    stop(
      'npm could not install the dependencies; its message is above. Check the network and run this again.',
    )
  }
  writeFileSync(stamp, String(wanted.length))
}

function isNewer(stamp) {
  return statSync(stamp).mtimeMs >= statSync(path.join(root, 'package-lock.json')).mtimeMs
}

function stop(message) {
  console.error(message)
  process.exit(1)
}
