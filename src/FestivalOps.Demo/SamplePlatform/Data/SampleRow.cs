using System.Text;

namespace FestivalOps.Demo.SamplePlatform.Data;

/// <summary>The dice of one table: the same seed and table always fall the same way, on every machine.</summary>
internal sealed class SampleRow(int seed, string table)
{
    // splitmix64 (public domain, Sebastiano Vigna): System.Random does not promise the same numbers over .NET versions.
    private ulong state = Encoding.UTF8.GetBytes(table).Aggregate((ulong)seed, (sum, letter) => (sum * 1_099_511_628_211) + letter);

    /// <summary>The number of the row, from 1; 0 before <see cref="Next"/>.</summary>
    public long Id { get; private set; }

    /// <summary>Goes on to the next row.</summary>
    public void Next() => Id++;

    /// <summary>A number from <paramref name="least"/> up to and without <paramref name="end"/>.</summary>
    public int Number(int least, int end) => least + (int)(Roll() % (ulong)(end - least));

    /// <summary>The id of a row of another table with that many rows.</summary>
    public long Reference(int rows) => 1 + (long)(Roll() % (ulong)rows);

    /// <summary>One of the words.</summary>
    public string One(string[] words) => words[Number(0, words.Length)];

    /// <summary>True with the given probability, 0 to 1.</summary>
    public bool Chance(double probability) => (Roll() >> 11) * (1.0 / (1UL << 53)) < probability;

    /// <summary>One of the words, by weight.</summary>
    public string Weighted(params (string Word, int Weight)[] choices)
    {
        var rest = Number(0, choices.Sum(choice => choice.Weight));
        return choices.First(choice => (rest -= choice.Weight) < 0).Word;
    }

    /// <summary>A moment of the days before <paramref name="end"/>.</summary>
    public DateTime Before(DateTime end, int days) => Timestamp(end - TimeSpan.FromSeconds(Number(0, days * 86_400)));

    /// <summary>A moment as "timestamp without time zone" holds it: whole microseconds, no kind.</summary>
    public static DateTime Timestamp(DateTime moment) => new(moment.Ticks / 10 * 10, DateTimeKind.Unspecified);

    private ulong Roll()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
