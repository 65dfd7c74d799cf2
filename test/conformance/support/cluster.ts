import startCluster from '../../../packages/pg-test/src/cluster.ts'

/** A database for a broker of our own; none when the suite is pointed at somebody else's (`npm run conform`). */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  return process.env.CONFORM_URL === undefined ? startCluster() : undefined
}
