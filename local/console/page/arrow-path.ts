import type { Point } from '../drawing.ts';

const radius = 6;

const towards = (from: Point, to: Point, distance: number): Point => {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const part = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
};

const text = ({ x, y }: Point): string => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** An SVG path along the points, its corners rounded. */
export const arrowPath = (points: readonly Point[]): string => {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  const corners = rest.map((point, index) => {
    const after = rest[index + 1];
    if (after === undefined) return `L${text(point)}`;
    const before = points[index] ?? point;
    return `L${text(towards(point, before, radius))}Q${text(point)} ${text(towards(point, after, radius))}`;
  });
  return `M${text(first)}${corners.join('')}`;
};
