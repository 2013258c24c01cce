import { Parameter } from '@isthmus/core';
import {
  BillingTypeParameters,
  ESTIMATE_TRANSACTION_TYPES,
  IsTextMap,
  type TextMap,
} from '@isthmus/project-accounting';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';

const FORECAST_MODEL = 'O_forecast';

/** The parameter that both templates have. */
const ForecastModel = (): PropertyDecorator => (target, name) => {
  const doc = 'Forecast model of F&O that the estimates are written to; it must exist in every legal entity.';
  for (const decorate of [Parameter({ doc, example: FORECAST_MODEL }), IsString(), IsNotEmpty(), MaxLength(10)]) {
    decorate(target, name);
  }
};

export class HourEstimatesParameters {
  @ForecastModel()
  forecastModel: string = FORECAST_MODEL;
}

export class ExpenseEstimatesParameters extends BillingTypeParameters {
  @ForecastModel()
  forecastModel: string = FORECAST_MODEL;

  @Parameter({ doc: 'PSA transaction type (192350000 cost, 192350005 unbilled sales) → F&O; any other stays empty.' })
  @IsTextMap()
  transactionTypes: TextMap = ESTIMATE_TRANSACTION_TYPES;
}
