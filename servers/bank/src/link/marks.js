/** The made-up banks are named after cloth: each mark is a piece of its weave, drawn on the 24 × 24 grid. */
const weaves = [
  [/royal/i, 'M4 19h16M4.5 15.5 3 7l5 4 4-6 4 6 5-4-1.500 8.500z'],
  [
    /platypus|ornitorrinco/i,
    'M12 20v-6M12 14 5 7M12 14V4.500M12 14l7-7M5 7c2.500 0 4-2.500 7-2.500S16.500 7 19 7',
  ],
  [/gingham|ruitjes/i, 'M4 9h16M4 15h16M9 4v16M15 4v16'],
  [/tartan|glen check/i, 'M3 8h18M3 11h18M3 17h18M8 3v18M11 3v18M17 3v18'],
  [/tattersall/i, 'M12 3v18M3 12h18M6 6l12 12M18 6 6 18'],
  [/houndstooth|poule/i, 'M4 4h8v8h8M4 4l8 8M12 12v8h8M12 12l8 8'],
  [/windowpane/i, 'M5 5h14v14H5zM12 5v14M5 12h14'],
  [/herringbone/i, 'm4 7 4 4 4-4 4 4 4-4M4 14l4 4 4-4 4 4 4-4'],
  [/seersucker/i, 'M7 4c-2 3 2 5 0 8s2 5 0 8M12 4c-2 3 2 5 0 8s2 5 0 8M17 4c-2 3 2 5 0 8s2 5 0 8'],
  [/corduroy/i, 'M6 4v16M10 4v16M14 4v16M18 4v16'],
  [/herald/i, 'M6 3v18M6 5h12l-4 4 4 4H6'],
  [/karo/i, 'm12 3 7 9-7 9-7-9z'],
]

export function markOf(name) {
  return weaves.find(([word]) => word.test(name))?.[1]
}
