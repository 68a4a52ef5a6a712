namespace KohakuRiver.Auth.AdminPanel;

/// <summary>A button alone.</summary>
internal sealed record EmptyForm : PanelForm;
