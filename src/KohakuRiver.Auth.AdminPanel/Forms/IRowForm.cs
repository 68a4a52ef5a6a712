namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A form that stands on its page several times with the same target.</summary>
internal interface IRowForm
{
    /// <summary>Which of them was sent.</summary>
    string? Row { get; }
}
