/** Four letters by which the vendor tells its partners apart. */
export const CORRESPONDENT = 'PDCK'
