namespace KohakuRiver.Cli;

/// <summary>The forms of a result.</summary>
internal enum OutputForm
{
    /// <summary>For people: a table, fields or a sentence.</summary>
    Table,

    /// <summary>The same with all columns, whatever the width.</summary>
    Wide,

    Json,

    /// <summary>Rows with the names of the JSON fields (RFC 4180).</summary>
    Csv,

    Yaml,

    /// <summary>One id a line, for the next command.</summary>
    Ids,
}
