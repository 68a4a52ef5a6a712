namespace KohakuRiver.Auth.Stores;

/// <summary>Common to all stores.</summary>
/// <remarks>
/// <para>Promises of every verb: one verb is one transaction, all or nothing, including its audit entry. A
/// cancelled call may have happened. A verb that takes an <see cref="AuthorizedWrite"/> requires its credential inside that
/// transaction, and may be lost because of it, whatever else it documents. Times are UTC with microsecond precision and always supplied by
/// the caller; a store reads no clock. An unavailable database is a <see cref="StoreUnavailableException"/>, never an
/// empty result.</para>
/// <para>The names of verbs tell the outcome: <c>Find</c> may return null, <c>Try</c> may lose.</para>
/// </remarks>
public interface IKohakuStore
{
    /// <summary>
    /// Identifies the database the store writes to. All stores of a set but <see cref="KohakuStoreSet.Throttle"/> return the same instance,
    /// because verbs write to several aggregates in one transaction: those of <see cref="IAccountStore"/>, and each that takes an
    /// <see cref="AuthorizedWrite"/>. A store that returns it without sharing their rows would not be found by those verbs.
    /// </summary>
    object TransactionDomain { get; }
}
