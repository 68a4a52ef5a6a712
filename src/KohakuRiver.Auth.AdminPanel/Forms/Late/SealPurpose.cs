namespace KohakuRiver.Auth.AdminPanel;

/// <summary>What a form was sealed for. One is no use as the other.</summary>
internal enum SealPurpose
{
    /// <summary>To be shown again after a login.</summary>
    Return,

    /// <summary>To be carried out once its sender has given their own password.</summary>
    Confirmation,
}
