namespace KohakuRiver.Auth.Stores;

/// <summary>How a contested write ended. Anything but <see cref="Done"/> changed nothing.</summary>
public enum WriteStatus
{
    /// <summary>Written, together with its audit entry.</summary>
    Done = 0,

    /// <summary>The row to change does not exist.</summary>
    NotFound = 1,

    /// <summary>Another row has the name, regardless of case.</summary>
    NameTaken = 2,

    /// <summary>It would have removed the last active admin with a password.</summary>
    LastAdmin = 3,

    /// <summary>A group that was named does not exist.</summary>
    GroupMissing = 4,

    /// <summary>A user that was named does not exist.</summary>
    UserMissing = 5,

    /// <summary>The allowed number of rows is reached.</summary>
    LimitReached = 6,

    /// <summary>The code is unknown, used up, expired, or its creator may no longer grant it.</summary>
    CodeClosed = 7,

    /// <summary>An admin already exists, so there is no first one to create.</summary>
    AdminExists = 8,

    /// <summary>The row has changed since it was read.</summary>
    Conflict = 9,

    /// <summary>The session, token or identity the change is made with has ended or expired, or its user is gone or disabled.</summary>
    ActorGone = 10,

    /// <summary>The user behind the change has a lower role than the one it was allowed for.</summary>
    ActorDemoted = 11,

    /// <summary>The identity already leads to an account.</summary>
    IdentityTaken = 12,

    /// <summary>The account already has an identity of the provider.</summary>
    SecondIdentity = 13,

    /// <summary>The account would have neither a password nor an identity left.</summary>
    LastWayIn = 14,
}
