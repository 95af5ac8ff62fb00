import type { PlacedTransition } from '../drawing.ts';
import { arrowPath } from './arrow-path.ts';

interface ArrowProps {
  readonly transition: PlacedTransition;
  readonly isTaken: boolean;
}

/** One arrow, lit when the execution has gone along it. */
export const Arrow = ({ transition: { points, label, kind }, isTaken }: ArrowProps) => (
  <g class="arrow" data-kind={kind} data-taken={isTaken}>
    <path d={arrowPath(points)} marker-end={`url(#${isTaken ? 'tip-taken' : 'tip'})`} />
    {label !== undefined && (
      <text x={label.x} y={label.y} dominant-baseline="central" text-anchor="middle">
        {label.text}
      </text>
    )}
  </g>
);

const Tip = ({ id }: { readonly id: string }) => (
  <marker
    id={id}
    viewBox="0 0 8 8"
    refX="7"
    refY="4"
    markerWidth="8"
    markerHeight="8"
    markerUnits="userSpaceOnUse"
    orient="auto"
  >
    <path class={id} d="M0 .8 7 4 0 7.2z" />
  </marker>
);

/** The tips that arrows refer to. */
export const ArrowTips = () => (
  <defs>
    <Tip id="tip" />
    <Tip id="tip-taken" />
  </defs>
);
