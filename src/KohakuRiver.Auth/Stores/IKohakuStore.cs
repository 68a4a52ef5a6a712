namespace KohakuRiver.Auth.Stores;

/// <summary>What every store has in common.</summary>
/// <remarks>
/// <para>Promises of every verb: one verb is one transaction, whole or absent, its audit entry included. A
/// cancelled call may have happened. A verb that takes an <see cref="AuthorizedWrite"/> requires its credential inside that
/// transaction, and may be lost by it whatever else it says. Times are UTC with microsecond precision and always supplied by the caller; a
/// store reads no clock. A database that does not answer is a <see cref="StoreUnavailableException"/>, never an
/// empty result.</para>
/// <para>Names of verbs say the outcome: <c>Find</c> may give null, <c>Try</c> may lose.</para>
/// </remarks>
public interface IKohakuStore
{
    /// <summary>
    /// Identifies the database the store writes to. All stores of a set return the same instance, because the
    /// verbs of <see cref="IAccountStore"/> write to several aggregates in one transaction.
    /// </summary>
    object TransactionDomain { get; }
}
