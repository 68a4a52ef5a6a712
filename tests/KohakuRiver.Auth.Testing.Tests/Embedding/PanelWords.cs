namespace KohakuRiver.Auth.Testing.Tests.Embedding;

/// <summary>The words of <c>PanelWords.en.resx</c> beside this file.</summary>
internal sealed class PanelWords;
