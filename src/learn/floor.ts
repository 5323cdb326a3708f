// What the floors above may import of this one. What the world may import stands in index.ts.
export { answerListing, type ListedAnswer } from './evaluate/answerListing.ts';
export type { Assessment, ChosenThreshold } from './evaluate/assess.ts';
export { type Calibration, calibration } from './evaluate/calibration/calibration.ts';
export { fitTemperature } from './evaluate/calibration/fitTemperature.ts';
export { type Kept, rejectionCurve } from './evaluate/calibration/rejectionCurve.ts';
export { type CommitteeDraws, committeeDraws } from './evaluate/committeeDraws.ts';
export {
  type DisputedAnswer,
  disputedAnnotators,
  disputedAnswers,
  disputedPictures,
} from './evaluate/disputedPictures.ts';
export { type Evaluation, type EvaluationFigures, evaluationFigures, evaluationOf } from './evaluate/evaluation.ts';
export { type Judgement, type JudgeOptions, judge } from './evaluate/judge.ts';
export { type LetterMetrics, mergedClassOf, type RightShare } from './evaluate/letterMetrics.ts';
export { type Metrics, metrics } from './evaluate/metrics.ts';
export type { Predictions } from './evaluate/predictions.ts';
export { htmlPage } from './evaluate/report/htmlPage.ts';
export { percent } from './evaluate/report/percent.ts';
export { evaluationReport } from './evaluate/report/report.ts';
export { mostMatrixClasses } from './evaluate/report/reportConfusion.ts';
export {
  chart,
  definitions,
  details,
  paragraph,
  section,
  type TableRow,
  table,
} from './evaluate/report/reportParts.ts';
export { reportStyle } from './evaluate/report/reportStyle.ts';
export { summariseRuns } from './evaluate/statistics/summariseRuns.ts';
export { wilsonInterval } from './evaluate/statistics/wilsonInterval.ts';
export { worstErrors } from './evaluate/worstErrors.ts';
export {
  actionOf,
  type ReviewAction,
  type ReviewKey,
  type ReviewWords,
  reviewWords,
  typeKey,
} from './review/dialogue/reviewActions.ts';
export { takeAction } from './review/dialogue/takeAction.ts';
export { reviewCsv } from './review/reviewCsv.ts';
export type { ReviewItem } from './review/reviewItem.ts';
export type { ReviewOrder } from './review/reviewOptions.ts';
export { type ReviewReading, reviewReadings } from './review/reviewReadings.ts';
export { type ReviewQuestion, type ReviewSession, reviewSession } from './review/reviewSession.ts';
export { maxSavedReview, parseSavedReview, type SavedReview } from './review/savedReview.ts';
export {
  answerByTruth,
  type ReviewCurve,
  type ReviewPoint,
  type ReviewSimulationOptions,
  simulateReview,
  simulateReviews,
} from './review/simulateReview.ts';
export { type Checkpoint, type EpochLog, firstProgress, readCheckpoint, writeCheckpoint } from './train/checkpoint.ts';
export { checkReadable } from './train/checkReadable.ts';
export { type BatchScore, type EvaluationResult, Evaluator } from './train/evaluator.ts';
export type { TrainingEvent } from './train/events.ts';
export {
  type CommitteeRecipe,
  committeeRecipeSchema,
  isCommitteeRecipe,
  parseCommitteeRecipe,
} from './train/recipe/committeeRecipe.ts';
export { fittedRecipe, recipeNetwork } from './train/recipe/fittedRecipe.ts';
export { parseRecipe, type Recipe, recipeSchema } from './train/recipe/recipe.ts';
export { frameOf, parseRecipeData, type RecipeData } from './train/recipe/recipeData.ts';
export type { RecipeCaptures, RecipeStrokes } from './train/recipe/recipeSamples.ts';
export { Barrier, barrierMemory } from './train/step/barrier.ts';
export { factoredParameters } from './train/step/factoredGradients.ts';
export { gradientGraph } from './train/step/gradientGraph.ts';
export type { ShardResult } from './train/step/shardGradient.ts';
export { averageName, stateSpecs, TrainingMemory } from './train/step/trainingMemory.ts';
export { batchLayout, type StepPlan, shardsOf, stateOptions, type TrainingSetup } from './train/step/trainingSetup.ts';
export { soloTeam, type TrainingTeam } from './train/step/trainingTeam.ts';
export { TrainingWorker } from './train/step/trainingWorker.ts';
export { train } from './train/trainer.ts';
