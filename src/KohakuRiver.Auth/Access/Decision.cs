using System.Diagnostics.CodeAnalysis;

namespace KohakuRiver.Auth;

/// <summary>What a rule says: allowed, or refused with a reason. The default value is <em>refused</em>.</summary>
public readonly record struct Decision
{
    private readonly bool allowed;
    private readonly Refusal? refusal;

    private Decision(bool allowed, Refusal? refusal)
    {
        this.allowed = allowed;
        this.refusal = refusal;
    }

    /// <summary>Go ahead.</summary>
    public static Decision Allowed { get; } = new(true, null);

    /// <summary>True when allowed.</summary>
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAllowed => allowed;

    /// <summary>The reason; null exactly when allowed.</summary>
    public Refusal? Refusal => allowed ? null : refusal ?? Refusals.RoleTooLow;

    /// <summary>Refuses for this reason.</summary>
    public static Decision Refuse(Refusal refusal) => new(false, refusal);
}
