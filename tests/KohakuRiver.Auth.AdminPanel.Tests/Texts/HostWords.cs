namespace KohakuRiver.Auth.AdminPanel.Tests.Texts;

/// <summary>The words of a host: <c>HostWords.*.resx</c> beside this file.</summary>
internal sealed class HostWords;
