namespace KohakuRiver.Auth.Stores;

/// <summary>
/// Declares that a store, which replaces one of a set, works on the rows of the set's other stores: it passes every write on to the
/// store it replaces, or writes to the same tables in the same transactions. Without it the start of a host refuses a store that comes
/// from elsewhere, because the others' verbs would not find what it keeps.
/// </summary>
/// <remarks>
/// It is a promise that only the suite of <c>KohakuRiver.Auth.Testing.Stores</c> can check: run it on the set with the store in place.
/// The <see cref="IKohakuStore.TransactionDomain"/> is that of the other stores all the same. Not needed for
/// <see cref="KohakuStoreSet.Throttle"/>, which is bound to no other store, nor for a store in the assembly of the others.
/// </remarks>
/// <param name="set">The type of the set in which the store is used, or a base of it.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SharesRowsOfAttribute(Type set) : Attribute
{
    /// <summary>The type of the set in which the store is used, or a base of it.</summary>
    public Type Set => set;
}
