namespace KohakuRiver.Auth;

/// <summary>How a registration makes its account.</summary>
internal sealed record RegistrationWay
{
    /// <summary>The role the account gets.</summary>
    public Role Role { get; init; }

    /// <summary>Registration is open to anybody.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The account is the first admin.</summary>
    public bool IsFirstAdmin { get; init; }

    /// <summary>The invitation that is used; null for the other ways.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>The generated code that is used up; null for the register secret and open registration.</summary>
    public SecretText? Code { get; init; }

    /// <summary>The field the code came in.</summary>
    public string Field { get; init; } = nameof(RegisterCommand.InvitationCode);

    /// <summary>Why the code is not good (any more); null when it is.</summary>
    public Refusal? Refusal { get; init; }
}
