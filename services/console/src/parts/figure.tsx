interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly about?: string;
}

/** One figure, large. */
export function Figure({ name, value, about }: FigureProps) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>
        {value}
        {about !== undefined && <small>{about}</small>}
      </dd>
    </div>
  );
}
