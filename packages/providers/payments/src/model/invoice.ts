import type { Money } from '../money/money.ts';

export interface PaymentInvoice {
  id: string;
  number?: string;
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void' | 'deleted';
  amountDue: Money;
  amountPaid?: Money;
  customerId?: string;
  dueDate?: Date;
  hostedInvoiceUrl?: string;
  metadata?: Record<string, string>;
  createdAt?: Date;
  updatedAt?: Date;
}

export interface ListInvoicesQuery {
  customerId?: string;
  /** Every one of them is let through, not the first alone. */
  status?: PaymentInvoice['status'][];
  limit?: number;
  /** Id of the last item seen. */
  startingAfter?: string;
}
