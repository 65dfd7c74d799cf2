import startCluster from '../../../packages/pg-test/src/cluster.ts'

/** A database for servers of our own; none when the suite is pointed at somebody else's (`npm run conform`). */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  const { CONFORM_URL, CONFORM_BANK_URL } = process.env
  return CONFORM_URL === undefined && CONFORM_BANK_URL === undefined ? startCluster() : undefined
}
