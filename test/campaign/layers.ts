/** The three layers that end a machine, each enough alone. */
export const layers = ['shutdown', 'schedule', 'sweep'] as const;

export type Layer = (typeof layers)[number];
