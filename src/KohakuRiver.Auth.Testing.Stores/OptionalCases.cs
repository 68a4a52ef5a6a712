namespace KohakuRiver.Auth.Testing.Stores;

/// <summary>Cases that do not apply to every store; <see cref="LeavesOutAttribute"/> leaves them out.</summary>
public enum OptionalCases
{
    /// <summary>
    /// What <see cref="Auth.Stores.IChangeEpoch"/> promises: for sets that offer one in <see cref="Auth.Stores.KohakuStoreSet.Changes"/>.
    /// </summary>
    Epoch,

    /// <summary>Faults at every access of a write: for stores whose database can be made to fail.</summary>
    Faults,
}
