namespace KohakuRiver.Auth;

/// <summary>How an actor came to be known.</summary>
public enum ActorKind
{
    /// <summary>No credential was sent.</summary>
    Anonymous = 0,

    /// <summary>A session cookie.</summary>
    Session = 1,

    /// <summary>A bearer token.</summary>
    Token = 2,

    /// <summary>The master secret of the configuration.</summary>
    MasterSecret = 3,

    /// <summary>Authentication is switched off; everybody is the system.</summary>
    AuthOff = 4,

    /// <summary>The host itself: start-up, workers, command-line maintenance.</summary>
    System = 5,

    /// <summary>A user of another authentication scheme of the host, whose identity there is linked to the account.</summary>
    External = 6,
}
