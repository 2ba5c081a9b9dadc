/** Somebody who pays. */
export interface PaymentCustomer {
  id: string;
  email?: string;
  name?: string;
  metadata?: Record<string, string>;
  createdAt?: Date;
  updatedAt?: Date;
}

export interface CreateCustomerInput {
  email?: string;
  name?: string;
  description?: string;
  metadata?: Record<string, string>;
}

/** Absent leaves a field as it is. */
export interface UpdateCustomerInput extends CreateCustomerInput {}

export interface ListCustomersQuery {
  readonly email?: string;
  readonly cursor?: string;
  readonly pageSize?: number;
}
