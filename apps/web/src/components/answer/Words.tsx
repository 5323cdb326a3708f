// A text of the page in which Chinese characters are marked as such.
import { hanRuns } from '../../recognition/han.ts';

export function Words({ children }: { readonly children: string }) {
  return (
    <>
      {hanRuns(children).map((run, place) =>
        place % 2 === 0 ? (
          run
        ) : (
          <span key={place} lang="zh">
            {run}
          </span>
        ),
      )}
    </>
  );
}
