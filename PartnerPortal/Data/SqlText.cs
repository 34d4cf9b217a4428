using System.Globalization;
using System.Text;

namespace PartnerPortal.Data;

/// <summary>A statement in the making, with its parameters in their order: @p0, @p1 …</summary>
public sealed class SqlText
{
    private readonly StringBuilder _text = new(512);
    private readonly List<object> _values = [];

    public IReadOnlyList<object> Values => _values;

    /// <summary>A parameter's name, with its sign.</summary>
    public static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"@p{index}");

    /// <param name="sql">Never what somebody typed: that is a value.</param>
    public SqlText Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    public SqlText Value(object value)
    {
        _text.Append(Name(_values.Count));
        _values.Add(value);
        return this;
    }

    /// <summary>A list of values, with commas between.</summary>
    public SqlText Listed(IEnumerable<object> values)
    {
        var isFirst = true;
        foreach (var value in values)
        {
            _text.Append(isFirst ? "" : ", ");
            Value(value);
            isFirst = false;
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
