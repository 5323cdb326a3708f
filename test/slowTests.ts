// Names the tests that `npm run test:quick` runs and that took long, so that whoever wrote them makes them quicker or
// tags them. It warns and fails nothing: a busy machine is no fault of a test.
import type { Reporter } from 'vitest/reporters';

/** Milliseconds that a test without the tag `slow` may take before it is named; three times what the tag is for. */
const limit = 1000;

export const slowTests: Reporter = {
  onTestRunEnd(modules) {
    const slow = modules
      .filter(({ project }) => project.name !== 'e2e')
      .flatMap((module) => [...module.children.allTests()])
      .map((test) => ({ test, took: test.diagnostic()?.duration ?? 0 }))
      .filter(({ test, took }) => took > limit && !test.tags.includes('slow'))
      .sort((a, b) => b.took - a.took);
    if (slow.length === 0) return;
    console.warn(
      `\nover ${limit / 1000} s without the tag 'slow' (make them quicker, or see CONTRIBUTING.md, "Tests"):`,
    );
    for (const { test, took } of slow) {
      console.warn(`  ${(took / 1000).toFixed(1)} s  ${test.module.relativeModuleId}  ${test.fullName}`);
    }
  },
};
