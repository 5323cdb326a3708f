// What the floors above may import of this one. What the world may import stands in index.ts.
export { answerListing, type ListedAnswer } from './evaluate/answerListing.ts';
export { type Assessment, assess, type ChosenThreshold } from './evaluate/assess.ts';
export { type Calibration, calibration } from './evaluate/calibration/calibration.ts';
export { fitTemperature } from './evaluate/calibration/fitTemperature.ts';
export { type Kept, rejectionCurve } from './evaluate/calibration/rejectionCurve.ts';
export { type CommitteeDraws, committeeDraws } from './evaluate/committeeDraws.ts';
export { disputedAnnotators, disputedAnswers, disputedPictures } from './evaluate/disputedPictures.ts';
export { type Judgement, judge } from './evaluate/judge.ts';
export {
  knowsLetters,
  type LetterMetrics,
  letterMetrics,
  mergedClassOf,
  type RightShare,
} from './evaluate/letterMetrics.ts';
export { type Metrics, metrics } from './evaluate/metrics.ts';
export type { Predictions } from './evaluate/predictions.ts';
export { evaluationReport, mostMatrixClasses } from './evaluate/report/report.ts';
export { definitions, details, escapeHtml, percent, section, table } from './evaluate/report/reportHtml.ts';
export { reportStyle } from './evaluate/report/reportStyle.ts';
export { type Comparison, compareClassifiers } from './evaluate/statistics/compareClassifiers.ts';
export { summariseRuns } from './evaluate/statistics/summariseRuns.ts';
export { wilsonInterval } from './evaluate/statistics/wilsonInterval.ts';
export { worstErrors } from './evaluate/worstErrors.ts';
export { reviewCsv } from './review/reviewCsv.ts';
export type { ReviewItem } from './review/reviewItem.ts';
export { type ReviewOrder, reviewOrders } from './review/reviewOptions.ts';
export { type ReviewReading, reviewReadings } from './review/reviewReadings.ts';
export { type ReviewQuestion, type ReviewSession, reviewSession } from './review/reviewSession.ts';
export { maxSavedReview, parseSavedReview, type SavedReview } from './review/savedReview.ts';
export { type ReviewCurve, type ReviewPoint, simulateReview } from './review/simulateReview.ts';
export { type Checkpoint, type EpochLog, firstProgress, readCheckpoint, writeCheckpoint } from './train/checkpoint.ts';
export { type CommitteeRecipe, isCommitteeRecipe, parseCommitteeRecipe } from './train/committeeRecipe.ts';
export { type BatchScore, type EvaluationResult, Evaluator } from './train/evaluator.ts';
export type { TrainingEvent } from './train/events.ts';
export {
  fittedRecipe,
  frameOf,
  parseRecipe,
  parseRecipeData,
  type Recipe,
  type RecipeCaptures,
  type RecipeData,
  type RecipeStrokes,
  recipeNetwork,
} from './train/recipe.ts';
export { Barrier, barrierMemory } from './train/step/barrier.ts';
export { factoredParameters } from './train/step/factoredGradients.ts';
export { gradientGraph } from './train/step/gradientGraph.ts';
export type { ShardResult } from './train/step/shardGradient.ts';
export { averageName, stateSpecs, TrainingMemory } from './train/step/trainingMemory.ts';
export { batchLayout, type StepPlan, shardsOf, stateOptions, type TrainingSetup } from './train/step/trainingSetup.ts';
export { soloTeam, type TrainingTeam } from './train/step/trainingTeam.ts';
export { TrainingWorker } from './train/step/trainingWorker.ts';
export { train } from './train/trainer.ts';
