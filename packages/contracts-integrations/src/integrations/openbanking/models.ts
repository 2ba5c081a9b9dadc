export { AccountBalanceRecord, BankAccountRecord, BankTransactionRecord } from '@mortise/provider-openbanking';
