namespace KohakuRiver.Auth;

/// <summary>How a registration creates its account.</summary>
internal sealed record RegistrationWay
{
    /// <summary>The role of the account.</summary>
    public Role Role { get; init; }

    /// <summary>Registration is open to anyone.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The account is the first admin.</summary>
    public bool IsFirstAdmin { get; init; }

    /// <summary>The invitation that is used; null for the other ways.</summary>
    public Invitation? Invitation { get; init; }

    /// <summary>The generated code that is used up; null for the register secret and open registration.</summary>
    public SecretText? Code { get; init; }

    /// <summary>The field that held the code.</summary>
    public string Field { get; init; } = nameof(RegisterCommand.InvitationCode);

    /// <summary>Why the code is not valid; null when it is.</summary>
    public Refusal? Refusal { get; init; }
}
