// SPDX-License-Identifier: Apache-2.0
package dev.millrace.architecture.offending.broker;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.LongSupplier;

/** Habits that the house does not have. */
@SuppressWarnings({"MutablePublicArray", "JavaUtilDate"})
public final class Habits {
    public static final int[] OPEN_TO_ALL = {1, 2, 3};
    static int countedByEverybody;

    private Habits() {}

    public static long reads() {
        return System.currentTimeMillis();
    }

    public static LongSupplier hands() {
        return System::nanoTime;
    }

    public static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    public static Date old() {
        return new Date();
    }

    public static void prints() {
        System.err.println("hello");
    }

    public static int many(int one, int two, int three, int four, int five, int six) {
        return one + two + three + four + five + six;
    }
}
