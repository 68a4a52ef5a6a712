namespace KohakuRiver.Auth;

/// <summary>Where a submission stands. <see cref="Pending"/> is left exactly once.</summary>
public enum ApprovalStatus
{
    /// <summary>Waits for a decision.</summary>
    Pending = 0,

    /// <summary>May run.</summary>
    Approved = 1,

    /// <summary>An operator refused it.</summary>
    Rejected = 2,

    /// <summary>The submitter took it back.</summary>
    Withdrawn = 3,
}
